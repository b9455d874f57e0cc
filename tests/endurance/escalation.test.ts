// A link that stays broken.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { peakOf } from '../support/faults/hands.js';
import { FaultLab } from '../support/faults/lab.js';
import { linkSaid } from '../support/faults/watch.js';

/** Three restarts and two rebuilds with three restarts each, of ten seconds. */
const GIVEN_UP_MS = 200_000;

let lab: FaultLab;

before(async () => {
  lab = await FaultLab.start({ transports: ['udp'] });
});
after(() => lab?.close());

describe('a network that will not come back', () => {
  it('24: gives a link up after three restarts of each of three connections', async () => {
    const pair = await lab.call();
    const at = Date.now();
    const heals = lab.hosts.map((host) => lab.net.cutAllUdp(host));
    const given = pair.map((page) => linkSaid(page, 'failed', at, GIVEN_UP_MS));
    const took = Math.max(...(await Promise.all(given))) - at;
    await lab.note(`24 given up after ${Math.round(took / 1_000)} s`, pair);
    for (const page of pair) {
      const { made } = await peakOf(page);
      assert.ok(made >= 3, `${made} connections made`);
    }
    for (const heal of heals) heal();
  });
});
