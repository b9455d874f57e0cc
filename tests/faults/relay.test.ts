// Calls that only a relay carries: behind symmetric NATs, by wish, and when a relay dies.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { keepsConnection, kindsSent, relayInUse, restartIce } from '../support/faults/hands.js';
import { FaultLab } from '../support/faults/lab.js';
import { frameAfter, pathOf, untilStill } from '../support/faults/watch.js';

/** Chromium calls a path failed 16 to 22 s after its relay has died; then there are 5 s to be back. */
const BACK_MS = 27_000;

let lab: FaultLab;

before(async () => {
  lab = await FaultLab.start({ turns: 2 });
});
afterEach(() => lab?.calm());
after(() => lab?.close());

describe('a call that needs a relay', () => {
  it('20: goes by relay where both are behind symmetric NATs', async () => {
    const heals = lab.hosts.map((host) => lab.net.disguise(host));
    const pair = await lab.call();
    assert.match(await pathOf(pair), /^relay/);
    await lab.note('20 both behind symmetric NATs', pair);
    for (const heal of heals) heal();
  });

  it('25: names nothing but relays to anybody when privacy is "relay", restarts included', async () => {
    const pair = await lab.call({ privacy: 'relay' });
    for (const [at, page] of pair.entries()) {
      await restartIce(page);
      assert.deepEqual(await kindsSent(page), ['relay']);
      // Not as the related address of a relay either, nor in a c= line.
      const sent = await page.evaluate(() => window.watch.sent.join('\n'));
      assert.ok(!sent.includes(lab.hosts[at]!.address), 'the address of the page was sent');
    }
    await lab.note('25 privacy="relay"', pair);
  });

  // The last one: one relay less from here on.
  it('21: is back by the other relay in 27 s after the one in use was killed', async () => {
    // Nothing but UDP to the relays: a browser hears at once that a connection over TCP is gone, and may
    // have the other relay before the picture stands still.
    for (const turn of lab.turns) lab.net.drop(turn.tcp);
    const pair = await lab.call({ privacy: 'relay' });
    const relay = lab.turns[await relayInUse(pair[0])];
    const at = Date.now();
    await relay?.kill();
    await Promise.all(pair.map((page) => untilStill(page, at)));
    const frames = pair.map((page) => frameAfter(page, at, 2 * BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - at;
    await lab.note('21 relay killed', pair, [back]);
    for (const page of pair) assert.ok(await keepsConnection(page));
    assert.ok(back <= BACK_MS, `back after ${back} ms`);
  });
});
