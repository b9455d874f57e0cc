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

// Both at once: each takes a minute, most of it between two moves.
describe('a mouse at 120 Hz', { concurrency: true }, () => {
  for (const [first, second] of [
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const) {
    it(`[EV-2] [EV-3] is seen 20 times a second for a minute, and last as it was last, from ${first} to ${second}`, async (t) => {
      const room = `values-${first}`;
      const a = await arrive('Aisha', first, room);
      const b = await arrive('Ben', second, room);
      await Promise.all([connected(a), connected(b)]);
      const last = await move(a, 60);
      await b.waitForFunction((x) => window.seenPlaces.at(-1)?.x === x, { timeout: 5_000 }, last);
      const { seen, entries, connections } = await b.evaluate(() => {
        const { chat, peers } = window.room.getSnapshot();
        return {
          seen: window.seenPlaces,
          entries: chat.entries.length,
          connections: peers.map(({ name, link }) => `${name} ${link.status}`),
        };
      });
      const bySecond = new Map<number, number>();
      const begin = seen[0]?.at ?? 0;
      for (const { at } of seen) {
        const second = Math.floor((at - begin) / 1_000);
        bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
      }
      const rates = [...bySecond].filter(([second]) => second < 58).map(([, count]) => count);
      const waits = await a.evaluate(() => window.waits);
      const middle = Math.round([...waits].sort((one, other) => one - other)[30] ?? Infinity);
      const total = Math.round(seen.length / 60);
      t.diagnostic(
        `${last} moves: ${total} updates a second seen, at least ${Math.min(...rates)}, at most ` +
          `${Math.max(...rates)}; last seen is last set; ${waits.length} chat messages stored, half of them within ${middle} ms`,
      );
      assert.ok(last >= 7_000, `the mouse moved ${last} times`);
      assert.ok(total >= 20, `${total} updates a second`);
      // What was sent in one second may arrive in another.
      assert.ok(total <= 30, `${total} updates a second`);
      assert.ok(entries >= 60 && waits.length >= 60, `${entries} messages, ${waits.length} stored`);
      assert.ok(middle < 250, `half of the messages took ${middle} ms or more`);
      assert.deepEqual(connections, ['Aisha connected']);
      assert.deepEqual(await b.evaluate(() => window.room.getSnapshot().problem), null);
      await a.evaluate(() => window.room.leave());
      await b.waitForFunction(() => window.place.getSnapshot().size === 0);
      assert.deepEqual([...(await readComplaints(a)), ...(await readComplaints(b))], []);
      await Promise.all([a.close(), b.close()]);
    });
  }
});
