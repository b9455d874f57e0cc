// What a firewall does to a call: UDP blocked before it and during it, and what comes about instead.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import { FaultLab } from '../support/faults/lab.js';
import { frameAfter, pathOf, untilDirect, untilStill } from '../support/faults/watch.js';

/** What a call may take to come about without UDP. */
const WITHOUT_UDP_MS = 8_000;
/** What a call may take to be back after a firewall fell shut in its midst. */
const BACK_MS = 8_000;
const TIMES = 5;

let lab: FaultLab;

before(async () => {
  lab = await FaultLab.start();
});
afterEach(() => lab?.calm());
after(() => lab?.close());

describe('a call between two networks', () => {
  it('goes straight where nothing is in the way', async () => {
    const pair = await lab.call();
    assert.equal(await pathOf(pair), 'direct udp');
    await lab.note('direct', pair);
  });

  it('goes by relay where UDP between the two is blocked', async () => {
    lab.net.cutUdp(...lab.hosts);
    const pair = await lab.call();
    assert.match(await pathOf(pair), /^relay/);
    await lab.note('UDP blocked before the call', pair);
  });

  it('19: goes by relay over TCP in 8 s where all UDP is blocked', async () => {
    for (const host of lab.hosts) lab.net.cutAllUdp(host);
    const from = Date.now();
    const pair = await lab.call();
    assert.ok(Date.now() - from < WITHOUT_UDP_MS);
    assert.equal(await pathOf(pair), 'relay tcp');
    await lab.note('19 all UDP blocked before the call', pair);
  });

  it('is back by relay when UDP is blocked in its midst, five times of five', async () => {
    const back: number[] = [];
    for (let time = 1; time <= TIMES; time += 1) {
      const pair = await lab.call();
      // A call may begin by relay, until ICE has found the straight way.
      await untilDirect(pair);
      const at = Date.now();
      const heal = lab.net.cutUdp(...lab.hosts);
      await Promise.all(pair.map((page) => untilStill(page, at)));
      const frames = pair.map((page) => frameAfter(page, at, 2 * BACK_MS));
      back.push(Math.max(...(await Promise.all(frames))) - at);
      if (time === TIMES) await lab.note('UDP blocked in the call', pair, back);
      await lab.end(pair);
      heal();
    }
    assert.ok(
      back.every((ms) => ms <= BACK_MS),
      `back after ${back.join(', ')} ms`,
    );
  });
});
