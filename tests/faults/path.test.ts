// The path of a call goes away and comes back, moves, or gets narrow: the call stays.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import {
  hearMore,
  keepsConnection,
  sendAndTime,
  statusesSince,
  untilBlamed,
  untilBelow,
  untilCalled,
} from '../support/faults/hands.js';
import { FaultLab, hold } from '../support/faults/lab.js';
import { frameAfter, linkIs, linkSaid, untilStill } from '../support/faults/watch.js';

const RECONNECTING_MS = 10_500;
const BACK_MS = 5_000;
const MOVED_MS = 10_000;
const CHAT_MS = 1_000;
/** For what is slower than its bound to be told as a figure and not as a timeout. */
const PATIENCE = 4;

let lab: FaultLab;

before(async () => {
  // Nothing but UDP, or TURN over TCP would carry the call through a blackout.
  lab = await FaultLab.start({ transports: ['udp'] });
});
afterEach(() => lab?.calm());
after(() => lab?.close());

describe('a path that goes and comes back', () => {
  it('13: is missed in 10.5 s of 10 s without UDP, and back in 5 s on the same connection', async () => {
    const pair = await lab.call();
    const at = Date.now();
    const heals = lab.hosts.map((host) => lab.net.cutAllUdp(host));
    const noticed = pair.map((page) => linkSaid(page, 'reconnecting', at, RECONNECTING_MS));
    await Promise.all([...noticed, hold(10_000)]);
    const healed = Date.now();
    for (const heal of heals) heal();
    const frames = pair.map((page) => frameAfter(page, healed, PATIENCE * BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - healed;
    await Promise.all(pair.map((page) => linkIs(page, 'connected', BACK_MS)));
    await lab.note('13 no UDP for 10 s', pair, [back]);
    for (const page of pair) assert.ok(await keepsConnection(page));
    assert.ok(back <= BACK_MS, `back after ${back} ms`);
  });

  it('is back in 5 s after a wire was out for 12 s', async () => {
    const pair = await lab.call();
    const heal = lab.net.cutLink(lab.hosts[0]);
    await hold(12_000);
    const healed = Date.now();
    heal();
    const frames = pair.map((page) => frameAfter(page, healed, PATIENCE * BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - healed;
    await lab.note('link cut for 12 s', pair, [back]);
    assert.ok(back <= BACK_MS, `back after ${back} ms`);
  });

  it('is back in 5 s after an interface was down for 25 s', async () => {
    const pair = await lab.call();
    const heal = lab.net.downInterface(lab.hosts[0]);
    await hold(25_000);
    const healed = Date.now();
    heal();
    const frames = pair.map((page) => frameAfter(page, healed, PATIENCE * BACK_MS));
    const back = Math.max(...(await Promise.all(frames))) - healed;
    await lab.note('interface down for 25 s', pair, [back]);
    assert.ok(back <= BACK_MS, `back after ${back} ms`);
  });
});

describe('a path that gets narrow', () => {
  it('17: is called poor, and stays connected, with 20 % of packets lost for 30 s', async () => {
    const pair = await lab.call();
    const at = Date.now();
    const heal = lab.net.lose(20, ...lab.hosts);
    const poor = pair.map((page) => untilCalled(page, 'poor', at, 30_000));
    await Promise.all([...poor, hold(30_000)]);
    for (const page of pair) assert.deepEqual(await statusesSince(page, at), ['connected']);
    await Promise.all(pair.map((page) => hearMore(page)));
    await lab.note('17 20 % lost for 30 s', pair);
    heal();
  });

  it('is blamed on the side that sends it, where 20 % are lost one way only', async () => {
    const pair = await lab.call();
    const at = Date.now();
    const heal = lab.net.loseFrom(20, lab.hosts[0], lab.hosts[1]);
    await Promise.all([
      untilBlamed(pair[0], 'network', at, 30_000),
      untilBlamed(pair[1], 'far-end', at, 30_000),
    ]);
    heal();
    // Better comes slowly: after five seconds of rest for each step.
    const healed = Date.now();
    await Promise.all(pair.map((page) => untilCalled(page, 'good', healed, 60_000)));
    await lab.note('20 % lost one way, then healed', pair, [Date.now() - healed]);
  });

  it('18: lowers the picture to 200 kbit/s, with sound, and chat in 1 s', async () => {
    const pair = await lab.call();
    const heals = lab.hosts.map((host) => lab.net.cap(200, host));
    await Promise.all(pair.map((page) => untilBelow(page, 250, 30_000)));
    const took: number[] = [];
    for (let line = 1; line <= 5; line += 1) {
      took.push(await sendAndTime(pair, `line ${line} through the straw`));
    }
    await Promise.all(pair.map((page) => hearMore(page)));
    await lab.note(`18 200 kbit/s, chat in ${Math.max(...took)} ms`, pair);
    for (const heal of heals) heal();
    assert.ok(Math.max(...took) < CHAT_MS, `chat took ${took.join(', ')} ms`);
  });
});

// The last ones: the host keeps its new address.
describe('a path that moves', () => {
  const moved = async (scenario: string, move: () => void): Promise<void> => {
    const pair = await lab.call();
    const at = Date.now();
    move();
    await Promise.all(pair.map((page) => untilStill(page, at)));
    const frames = pair.map((page) => frameAfter(page, at, PATIENCE * MOVED_MS));
    const back = Math.max(...(await Promise.all(frames))) - at;
    await lab.note(scenario, pair, [back]);
    for (const page of pair) assert.ok(await keepsConnection(page));
    assert.ok(back < MOVED_MS, `back after ${back} ms`);
  };

  it('16: is found anew in 10 s on the same connection, when the address changes', () =>
    moved('16 another address', () => lab.net.changeAddress(lab.hosts[0])));

  it('16: also where the browser never says that the network went', () =>
    moved('16 handed over', () => lab.net.handOver(lab.hosts[0])));
});
