// A call under one fault after another: what a page holds on to stays the same.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { TIMES } from '@rtc-elements/protocol';
import type { Page } from 'puppeteer-core';

import { type RoomWindow, waitForConnection, waitForPeers } from '../support/browsers/hands.js';
import { waitForMedia } from '../support/browsers/probe.js';
import { FaultLab, hold, type Pair } from '../support/faults/lab.js';
import { findGrowth, type Held, HeldCounter, installCount } from '../support/faults/soak.js';

/** The long form is `npm run soak`. */
const SOAK_MS = Number(process.env['RTC_SOAK_MINUTES'] ?? 3) * 60_000;
const SEED = Number(process.env['RTC_SOAK_SEED'] ?? Date.now() % 1_000_000);
const BACK_MS = 60_000;

let lab: FaultLab;

before(async () => {
  lab = await FaultLab.start();
});
after(() => lab?.close());

const setCamera = (page: Page, on: boolean): Promise<void> =>
  page.evaluate(async (wanted: boolean) => {
    const [room] = window.probe.find('rtc-room') as RoomWindow[];
    await room?.client.media.setCamera(wanted);
  }, on);

/** Frames from before the fault prove nothing. */
async function waitForNewMedia(page: Page): Promise<void> {
  await page.evaluate(() => void delete (window as { marks?: unknown }).marks);
  await waitForMedia(page, 1, BACK_MS);
}

/** Each is over when its promise is. */
const faults: Readonly<Record<string, (pair: Pair) => Promise<void>>> = {
  'no UDP': async () => {
    const heals = lab.hosts.map((host) => lab.net.cutAllUdp(host));
    await hold(6_000);
    for (const heal of heals) heal();
  },
  'no UDP between them': async () => {
    const heal = lab.net.cutUdp(...lab.hosts);
    await hold(6_000);
    heal();
  },
  'no room': async () => {
    const { address } = lab.servers;
    const heal = lab.net.drop(`ip saddr ${address} meta l4proto tcp`);
    await hold(4_000);
    heal();
  },
  'a wire out': async () => {
    const heal = lab.net.cutLink(lab.hosts[0]);
    await hold(4_000);
    heal();
  },
  'packets lost': async () => {
    const heal = lab.net.lose(30, ...lab.hosts);
    await hold(4_000);
    heal();
  },
  'the other reloads': async ([page, other]) => {
    await other.reload();
    // If the room was out of reach, it hears of no farewell: the former session has its grace period.
    await waitForPeers(page, 1, 2 * TIMES.resumeGraceMs);
  },
  'a camera off and on': async ([page]) => {
    await setCamera(page, false);
    await setCamera(page, true);
  },
};

/** Mulberry32: the same faults again for the same seed. */
function* draw(seed: number): Generator<string, never> {
  const names = Object.keys(faults);
  for (let state = seed; ;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield names[((mixed ^ (mixed >>> 14)) >>> 0) % names.length] ?? '';
  }
}

describe(`a call for ${SOAK_MS / 60_000} minutes, seed ${SEED}`, () => {
  it('73: holds no more memory, connections, listeners or timers than in the beginning', async () => {
    const pair = await lab.visit({ room: 'soak' }, installCount);
    const [page] = pair;
    await Promise.all(pair.map((one) => waitForMedia(one, 1)));
    const counter = await HeldCounter.on(page);
    const looks: Held[] = [];
    const drawn = draw(SEED);
    for (const end = Date.now() + SOAK_MS; Date.now() < end;) {
      const name = drawn.next().value;
      try {
        await faults[name]?.(pair);
        await Promise.all(pair.map((one) => waitForConnection(one, 'connected', BACK_MS)));
        await Promise.all(pair.map((one) => waitForNewMedia(one)));
      } catch (cause) {
        throw new Error(`round ${looks.length + 1}, "${name}"`, { cause });
      }
      looks.push(await counter.look());
    }
    console.log(
      `${looks.length} rounds; first and last: ${JSON.stringify([looks[2], looks.at(-1)])}`,
    );
    assert.deepEqual(findGrowth(looks), []);
    await lab.end(pair);
  });
});
