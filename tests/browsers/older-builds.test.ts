// The client and the room as they were at an earlier commit, with those of today: neither must lock out the other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { ROOM_FEATURES } from '@rtc-elements/protocol';
import type { Page } from 'puppeteer-core';

import type { Room } from '../../packages/core/src/api/room-api.js';
import { Edge, forEachHost } from '../support/edge/edge.js';
import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { type Pages, type PageServer, servePages } from '../support/browsers/pages.js';
import { countHeld, readComplaints, waitForMedia } from '../support/browsers/probe.js';

/** The last commit at which both ends refused what they did not know. */
const OLD = '974516e';

type Edition = 'today' | 'old';

declare const window: Window & { readonly room: Room };

/** Joins with the client of an edition, and with nothing but its public names. */
const joinPage = (query: URLSearchParams): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test page</title><link rel="icon" href="data:,"></head><body>
  <script type="module">
    import { createRoom } from '/${query.get('edition')}/rtc-core.min.js';
    window.room = createRoom(${JSON.stringify({
      host: query.get('host'),
      room: query.get('room'),
      name: query.get('name'),
    })});
    window.room.addEventListener('track', ({ track }) => {
      if (!track) return;
      const player = Object.assign(document.createElement(track.kind), { autoplay: true });
      player.srcObject = new MediaStream([track]);
      document.body.append(player);
    });
    window.room.join().catch(() => undefined);
  </script></body></html>`;

/** The scripts in a folder, each under its name. */
const scriptsAt = (path: string, folder: string): Pages =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [`${path}/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );

forEachHost('an older build', (host) => {
  const rooms = {} as Record<Edition, Edge>;
  let pages: PageServer;
  before(async () => {
    rooms.today = await Edge.start({ host });
    rooms.old = await Edge.start({ host, build: OLD });
    pages = await servePages({
      pages: {
        '/join': joinPage,
        ...scriptsAt('/today', 'packages/core/dist/cdn'),
        ...scriptsAt('/old', `tests/fixtures/${OLD}/client`),
      },
    });
  });
  after(async () => {
    await closeBrowsers();
    await pages.close();
    await Promise.all([rooms.today.stop(), rooms.old.stop()]);
  });

  /** Somebody with the client of an edition, and what their page writes to the console. */
  const enter = async (edition: Edition, edge: Edge, name: string) => {
    const warnings: string[] = [];
    const query = new URLSearchParams({ edition, host: edge.origin, room: 'editions', name });
    const page = await open(await launch('chromium'), `${pages.url}/join?${query.toString()}`, {
      onConsole: (kind, text) => warnings.push(`${kind}: ${text}`),
    });
    return { page, warnings };
  };

  for (const [room, first, second] of [
    ['today', 'today', 'old'],
    ['old', 'old', 'today'],
  ] as const) {
    it(`[UN-4] has ${second === 'old' ? 'the old client in today’s room' : 'today’s client in the old room'}: call, chat, knock and resume`, async () => {
      const edge = rooms[room];
      const aisha = await enter(first, edge, 'Aisha');
      await waitForConnection(aisha.page, 'connected');
      await aisha.page.evaluate(() => window.room.moderation.lock(true));

      // Knock: the other edition asks to come in, and is let in.
      const ben = await enter(second, edge, 'Ben');
      await waitForConnection(ben.page, 'waiting');
      await until(
        aisha.page,
        'a knock',
        () => window.room.getSnapshot().access.waiting.length === 1,
        [],
      );
      await aisha.page.evaluate(() => {
        const [person] = window.room.getSnapshot().access.waiting;
        return window.room.moderation.admit(person?.session ?? '');
      });
      await waitForConnection(ben.page, 'connected');

      // Call: picture and sound, both ways.
      await Promise.all([waitForMedia(aisha.page, 1), waitForMedia(ben.page, 1)]);

      // Chat, both ways, with an answer to each.
      await say(aisha.page, 'from Aisha');
      await say(ben.page, 'from Ben');
      await Promise.all([waitForLines(aisha.page, 2), waitForLines(ben.page, 2)]);

      // Resume: the socket goes, the session and the link stay.
      for (const { page } of [ben, aisha]) await resume(page);
      await say(ben.page, 'and again');
      await Promise.all([waitForLines(aisha.page, 3), waitForLines(ben.page, 3)]);
      await Promise.all([waitForMedia(aisha.page, 1), waitForMedia(ben.page, 1)]);

      for (const { page, warnings } of [aisha, ben]) {
        assert.deepEqual(await readComplaints(page), []);
        assert.deepEqual(warnings, []);
      }
      const newer = first === 'today' ? aisha : ben;
      const { room: facts, peers } = await newer.page.evaluate(() => window.room.diagnostics());
      const features = room === 'today' ? ROOM_FEATURES : [];
      assert.deepEqual([facts.unknown, facts.features], [0, features]);
      assert.deepEqual(peers[0]?.features, null, 'an old peer announces nothing');
      await Promise.all([aisha, ben].map(({ page }) => page.evaluate(() => window.room.leave())));
      await Promise.all([aisha, ben].map(({ page }) => page.browser().close()));
    });
  }
});

const waitForConnection = (page: Page, connection: string): Promise<void> =>
  until(
    page,
    connection,
    (wanted: string) => (window.room as Room | undefined)?.getSnapshot().connection === wanted,
    [connection],
  );

const say = (page: Page, text: string): Promise<void> =>
  page.evaluate((words) => window.room.chat.send(words).then(() => undefined), text);

/** Waits until the chat holds exactly `count` lines, each of them sent. */
const waitForLines = (page: Page, count: number): Promise<void> =>
  until(
    page,
    `${count} lines`,
    (wanted: number) => {
      const { entries } = window.room.getSnapshot().chat;
      return entries.length === wanted && entries.every(({ status }) => status === 'sent');
    },
    [count],
  );

/** Loses the socket. Everything else that the page holds is as before, and so is the session. */
async function resume(page: Page): Promise<void> {
  const held = await countHeld(page);
  const session = await page.evaluate(() => window.room.getSnapshot().you?.session);
  await page.evaluate(() => window.room.simulate('socket-drop'));
  await waitForConnection(page, 'reconnecting');
  await waitForConnection(page, 'connected');
  assert.equal(await page.evaluate(() => window.room.getSnapshot().you?.session), session);
  assert.deepEqual(await countHeld(page), held, 'the same connection, tracks and one socket');
}
