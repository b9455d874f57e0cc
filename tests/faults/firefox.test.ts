// What the two browsers do differently when a path goes: Chromium with Firefox.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { channelIsOpen, linesOf, relayInUse, sendAndTime, write } from '../support/faults/hands.js';
import { FaultLab, hold } from '../support/faults/lab.js';
import { frameAfter, pathOf, untilStill } from '../support/faults/watch.js';

const BACK_MS = 5_000;
/** Firefox calls a path failed 26 to 30 s after its relay has died. */
const RELAY_BACK_MS = 35_000;

let lab: FaultLab;

before(async () => {
  lab = await FaultLab.start({
    browsers: ['chromium', 'firefox'],
    turns: 2,
    // Nothing but UDP, or TURN over TCP would carry the call through a blackout.
    transports: ['udp'],
  });
});
afterEach(() => lab?.calm());
after(() => lab?.close());

describe('Chromium with Firefox', () => {
  it('goes straight where nothing is in the way', async () => {
    const pair = await lab.call();
    assert.equal(await pathOf(pair), 'direct udp');
    await lab.note('direct', pair);
  });

  it('goes by relay where UDP between the two is blocked', async () => {
    const heal = lab.net.cutUdp(...lab.hosts);
    const pair = await lab.call();
    assert.match(await pathOf(pair), /^relay/);
    await lab.note('UDP blocked before the call', pair);
    heal();
  });

  it('14, 15: has media 5 s after 45 s without UDP, an open channel, and each line once', async () => {
    const pair = await lab.call();
    const at = Date.now();
    const heals = lab.hosts.map((host) => lab.net.cutAllUdp(host));
    await Promise.all(pair.map((page) => untilStill(page, at)));
    const sent = Promise.all(pair.map((page, at) => write(page, `from ${at} in the dark`)));
    await hold(45_000);
    await sent;
    const healed = Date.now();
    for (const heal of heals) heal();
    const frames = pair.map((page) => frameAfter(page, healed, 4 * BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - healed;
    await lab.note('14 no UDP for 45 s', pair, [back]);
    await Promise.all(pair.map((page) => channelIsOpen(page)));
    await sendAndTime(pair, 'and after it');
    for (const page of pair) {
      const lines = await linesOf(page);
      assert.deepEqual(lines.sort(), ['and after it', 'from 0 in the dark', 'from 1 in the dark']);
    }
    assert.ok(back <= BACK_MS, `back after ${back} ms`);
  });

  // The last one: one relay less from here on.
  it('21: is back by the other relay in 35 s after the one in use was killed', async () => {
    const pair = await lab.call({ privacy: 'relay' });
    const relay = lab.turns[await relayInUse(pair[0])];
    const at = Date.now();
    await relay?.kill();
    await Promise.all(pair.map((page) => untilStill(page, at)));
    const frames = pair.map((page) => frameAfter(page, at, 2 * RELAY_BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - at;
    await lab.note('21 relay killed', pair, [back]);
    assert.ok(back <= RELAY_BACK_MS, `back after ${back} ms`);
  });
});
