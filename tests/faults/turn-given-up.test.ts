// What becomes of a call by relay alone when there is no relay for minutes. Waits all that time, so in a file of its own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { FaultLab, hold } from '../support/faults/lab.js';
import { FaultTurn } from '../support/faults/server.js';
import {
  errorsOf,
  installTold,
  linesOf,
  statusesOf,
  untilRelayed,
} from '../support/faults/told.js';

/** A link without a path restarts every 10 s. */
const BACK_MS = 40_000;
/** How often a relay is looked for on behalf of links that were given up. */
const LOOK_MS = 30_000;

let lab: FaultLab;
let turn: FaultTurn | null = null;

before(async () => {
  lab = await FaultLab.start({ browsers: ['chromium', 'firefox'] });
  // Its address stays that of the room.
  await lab.turns[0]?.kill();
});
after(async () => {
  await turn?.kill();
  await lab?.close();
});

describe('a call by relay alone', () => {
  it('is given up in three minutes without a relay, and goes on when there is one', async () => {
    const pair = await lab.visit({ room: 'for-ever', privacy: 'relay' }, installTold);
    const end = Date.now() + 180_000;
    // One link each: a page that does not know of the other yet has none.
    const areGivenUp = async (): Promise<boolean> =>
      (await Promise.all(pair.map(statusesOf))).every((links) => links.join() === 'failed');
    while (!(await areGivenUp())) {
      assert.ok(Date.now() < end, `still ${(await Promise.all(pair.map(statusesOf))).join()}`);
      await hold(500);
    }
    const told = await Promise.all(pair.map(errorsOf));
    turn = new FaultTurn(lab.servers);
    await turn.untilReady();
    await Promise.all(pair.map((page) => untilRelayed(page, 1, LOOK_MS + BACK_MS)));
    console.log((await linesOf('coturn is down for two minutes', pair)).join('\n'));
    for (const errors of told) {
      assert.equal(errors.filter((code) => code === 'turn-unreachable').length, 1);
      assert.equal(errors.at(-1), 'peer-unreachable');
    }
  });
});
