// Values that are set at every move of a mouse, in real browsers: what others see, and what it costs everybody else.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';
import type { EphemeralValue, Room } from '@rtc-elements/core';

import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const site = useSite({ browsers: ['chromium', 'firefox'] });

type Core = { joinRoom(options: object): Promise<Room> };
interface Place {
  readonly x: number;
}

declare global {
  interface Window {
    room: Room;
    place: EphemeralValue<Place>;
    seenPlaces: { readonly at: number; readonly x: number | null }[];
    waits: number[];
  }
}

/** Somebody in the call of the room, without devices. */
async function arrive(name: string, browser: 'chromium' | 'firefox', room: string): Promise<Page> {
  const page = await site.open('/examples/', site[browser]);
  await page.evaluate(
    async (options) => {
      const path = '/packages/core/dist/cdn/rtc-core.min.js';
      const { joinRoom } = (await import(path)) as Core;
      window.room = await joinRoom({ ...options, audio: 'off', video: 'off' });
      window.place = window.room.ephemeral('place');
      window.seenPlaces = [];
      window.waits = [];
      window.place.addEventListener('change', ({ value }) =>
        window.seenPlaces.push({ at: performance.now(), x: value && value.x }),
      );
    },
    { name, room },
  );
  return page;
}

const connected = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => window.room.getSnapshot().peers[0]?.link.status === 'connected');

/** For `seconds`, at 120 Hz as the mice of players: a value each time, and a chat message each second. */
const move = (page: Page, seconds: number): Promise<number> =>
  page.evaluate(
    (forMs) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        let x = 0;
        let lines = 0;
        const timer = setInterval(() => {
          const passed = performance.now() - start;
          // Timers are coarser than a mouse, so several moves may fall into one.
          while (x < passed * 0.12) window.place.set({ x: (x += 1) });
          if (lines < passed / 1_000) {
            const asked = performance.now();
            void window.room.chat
              .send(`line ${(lines += 1)}`)
              .then(() => window.waits.push(performance.now() - asked));
          }
          if (passed < forMs) return;
          clearInterval(timer);
          resolve(x);
        }, 4);
      }),
    seconds * 1_000,
  );

interface Seen {
  readonly rates: readonly number[];
  /** Updates a second, over all of it. */
  readonly mean: number;
}

/** What was seen, by seconds since the first of it. */
async function countSeen(page: Page, seconds: number): Promise<Seen> {
  const times = await page.evaluate(() => window.seenPlaces.map(({ at }) => at));
  const begin = times[0] ?? 0;
  const rates = Array.from({ length: seconds }, () => 0);
  for (const at of times) {
    const second = Math.min(seconds - 1, Math.floor((at - begin) / 1_000));
    rates[second] = (rates[second] ?? 0) + 1;
  }
  return { rates, mean: times.length / seconds };
}

const BROWSERS = ['chromium', 'firefox'] as const;
const SECONDS = 60;

describe('a mouse at 120 Hz', () => {
  it('[EV-2] [EV-3] is seen 20 times a second for a minute, and last as it was last, both ways between Chromium and Firefox', async (t) => {
    const pages = await Promise.all(BROWSERS.map((name) => arrive(name, name, 'values')));
    await Promise.all(pages.map(connected));
    // Each of them moves, and sees the other: two people who point at the same thing.
    const moves = await Promise.all(pages.map((page) => move(page, SECONDS)));
    for (const [at, page] of pages.entries()) {
      const last = moves[1 - at];
      await page.waitForFunction(
        (x) => window.seenPlaces.at(-1)?.x === x,
        { timeout: 5_000 },
        last,
      );
      const { rates, mean } = await countSeen(page, SECONDS);
      const waits = await page.evaluate(() => window.waits);
      const middle = [...waits].sort((one, other) => one - other)[SECONDS / 2] ?? Infinity;
      t.diagnostic(
        `${BROWSERS[at]} saw ${last} moves of the other: ${mean.toFixed(1)} updates a second, ` +
          `${Math.min(...rates)} to ${Math.max(...rates)}; last seen is last set; ` +
          `${waits.length} chat messages stored, half of them within ${Math.round(middle)} ms`,
      );
      assert.ok((last ?? 0) >= 7_000, `the mouse moved ${last} times`);
      assert.ok(mean >= 20, `${mean} updates a second`);
      // What was sent in one second may arrive in another.
      assert.ok(mean <= 30.5, `${mean} updates a second`);
      assert.ok(waits.length >= SECONDS, `${waits.length} messages stored`);
      const { names, entries, problem } = await page.evaluate(() => {
        const { chat, peers, problem } = window.room.getSnapshot();
        const names = peers.map(({ name, link }) => `${name} ${link.status}`);
        return { names, entries: chat.entries.length, problem };
      });
      assert.deepEqual(names, [`${BROWSERS[1 - at]} connected`]);
      assert.ok(entries >= 2 * SECONDS, `${entries} messages`);
      assert.equal(problem, null);
    }
    const [a, b] = pages as [Page, Page];
    await a.evaluate(() => window.room.leave());
    await b.waitForFunction(() => window.place.getSnapshot().size === 0);
    assert.deepEqual([...(await readComplaints(a)), ...(await readComplaints(b))], []);
  });
});
