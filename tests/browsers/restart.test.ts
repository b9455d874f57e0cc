// The edge room dies and comes back under a running call.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import { type RoomWindow, waitForConnection, waitForPeers } from '../support/browsers/hands.js';
import { countHeld, readInbound, waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const BACK_WITHIN_MS = 15_000;
/** What a person would call a picture that stands still. */
const STALL_MS = 2_000;

// The page comes from elsewhere, the room alone dies.
const site = useSite({ isApart: true });

describe('workerd, killed after a chat ack', () => {
  it('loses no message and no media, and both are back in under 15 s', async () => {
    const aisha = await site.call({ room: 'restart', name: 'Aisha' });
    const ben = await site.call({ room: 'restart', name: 'Ben' });
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    await Promise.all([watchStalls(aisha), watchStalls(ben)]);
    const before = await countHeld(aisha);

    // Resolves with the ack, so the line is durable from here on.
    await aisha.evaluate(() => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      return room?.client.chat.send('before the fall').then(() => undefined);
    });
    await site.edge.kill();
    await Promise.all([
      waitForConnection(aisha, 'reconnecting'),
      waitForConnection(ben, 'reconnecting'),
    ]);
    const states = (await readInbound(ben)).map(({ state }) => state);
    assert.deepEqual(states, ['connected']);

    await site.edge.restart();
    const from = performance.now();
    await Promise.all([
      waitForConnection(aisha, 'connected', BACK_WITHIN_MS),
      waitForConnection(ben, 'connected', BACK_WITHIN_MS),
    ]);
    await Promise.all([waitForPeers(aisha, 1, 5_000), waitForPeers(ben, 1, 5_000)]);
    assert.ok(performance.now() - from < BACK_WITHIN_MS);

    await Promise.all([waitForLines(aisha, 1), waitForLines(ben, 1)]);
    await aisha.evaluate(() => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      return room?.client.chat.send('after it').then(() => undefined);
    });
    await Promise.all([waitForLines(aisha, 2), waitForLines(ben, 2)]);
    for (const page of [aisha, ben]) {
      const longest = await page.evaluate(() => (window as { longestStall?: number }).longestStall);
      assert.ok((longest ?? Infinity) < STALL_MS, `pictures stood still for ${longest} ms`);
    }
    assert.deepEqual(await countHeld(aisha), before, 'the same connection, tracks and one socket');
    await Promise.all([aisha.close(), ben.close()]);
  });
});

/** From now on, keeps the longest time without a new frame from the other side. */
const watchStalls = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const page = window as { longestStall?: number };
    page.longestStall = 0;
    let frames = 0;
    let since = performance.now();
    setInterval(async () => {
      let now = 0;
      for (const connection of window.probe.connections) {
        for (const entry of (await connection.getStats()).values()) {
          if (entry.type === 'inbound-rtp') now += entry.framesDecoded ?? 0;
        }
      }
      if (now !== frames) since = performance.now();
      frames = now;
      page.longestStall = Math.max(page.longestStall ?? 0, performance.now() - since);
    }, 100);
  });

/** Waits until the chat holds exactly `count` lines, each of them sent. */
const waitForLines = (page: Page, count: number): Promise<void> =>
  until(
    page,
    `${count} lines`,
    (wanted: number) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const entries = room?.client.getSnapshot().chat.entries ?? [];
      return entries.length === wanted && entries.every(({ status }) => status === 'sent');
    },
    [count],
  );
