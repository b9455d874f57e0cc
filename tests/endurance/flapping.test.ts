// A network that goes and comes back without end.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { waitForConnection } from '../support/browsers/hands.js';
import { peakOf } from '../support/faults/hands.js';
import { FaultLab, hold } from '../support/faults/lab.js';
import { frameAfter } from '../support/faults/watch.js';

const FLAPS = 15;
const FLAP_MS = 2_000;
const BACK_MS = 10_000;

let lab: FaultLab;

before(async () => {
  lab = await FaultLab.start({ transports: ['udp'] });
});
after(() => lab?.close());

describe('a network that will not hold', () => {
  it('26: makes no pile of sockets or connections when it goes every 2 s for a minute', async () => {
    const pair = await lab.call();
    for (let flap = 0; flap < FLAPS; flap += 1) {
      const heal = lab.net.cutLink(lab.hosts[0]);
      await hold(FLAP_MS);
      heal();
      await hold(FLAP_MS);
    }
    const healed = Date.now();
    const frames = pair.map((page) => frameAfter(page, healed, 4 * BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - healed;
    await Promise.all(pair.map((page) => waitForConnection(page, 'connected')));
    await lab.note('26 a wire out every 2 s', pair, [back]);
    for (const page of pair) {
      const { sockets, connections } = await peakOf(page);
      assert.ok(sockets <= 1, `${sockets} sockets at once`);
      assert.ok(connections <= 2, `${connections} connections at once`);
    }
    assert.ok(back <= BACK_MS, `back after ${back} ms`);
  });
});
