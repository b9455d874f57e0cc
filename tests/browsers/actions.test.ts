// Actions between real browsers: over links between two engines, through the room, and to a client that takes none.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import type { ActionSource } from '../../packages/core/src/api/data-api.js';
import type { Room } from '../../packages/core/src/api/room-api.js';
import { until } from '../support/browsers/launch.js';
import type { Pages } from '../support/browsers/pages.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';
import { snippet } from '../support/guide.js';

/** A client from before there were actions. */
const OLD = 'tests/fixtures/974516e/client';

declare const window: Window & {
  readonly room: Room;
  /** What was heard of `word`. */
  readonly heard: { readonly data: unknown; readonly source: ActionSource }[];
};

const joinPage = (query: URLSearchParams): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test page</title><link rel="icon" href="data:,"></head><body>
  <p id="cheers"></p>
  <script type="module">
    import { createRoom } from '/${query.get('edition')}/rtc-core.min.js';
    window.room = createRoom(${JSON.stringify({
      host: query.get('host'),
      room: 'actions',
      name: query.get('name'),
      call: query.get('call') === 'true',
      audio: false,
      video: false,
    })});
    window.heard = [];
    if (room.data) {
      room.data.action('word').onReceive((data, source) => heard.push({ data, source }));
      room.data.action('sum').onRequest((bytes) => new Uint8Array(bytes).reduce((sum, one) => (sum + one) % 65521, 0));
    }
    room.join().catch(() => undefined);
  </script></body></html>`;

const scriptsAt = (path: string, folder: string): Pages =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [`${path}/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );

const site = useSite({
  browsers: ['chromium', 'firefox'],
  pages: () => ({
    '/join': joinPage,
    ...scriptsAt('/today', 'packages/core/dist/cdn'),
    ...scriptsAt('/old', OLD),
  }),
});

async function enter(name: string, browser: Browser, more: Record<string, string> = {}) {
  const words = { edition: 'today', host: site.edge.url, name, call: 'true', ...more };
  const page = await site.open(`/join?${new URLSearchParams(words).toString()}`, browser);
  await until(page, 'the room', () => window.room?.getSnapshot().connection === 'connected', []);
  return page;
}

const sessionOf = (page: Page, name: string): Promise<string> =>
  page.evaluate(
    (who) => window.room.getSnapshot().peers.find((peer) => peer.name === who)?.session ?? '',
    name,
  );

/** Waits until `page` has an open path to a peer. */
async function untilDirect(page: Page, name: string): Promise<void> {
  const to = await sessionOf(page, name);
  const send = (): Promise<string | undefined> =>
    page.evaluate(
      async (who) => (await window.room.data.action('path').send(null, { to: who }))[0]?.via,
      to,
    );
  while ((await send()) !== 'peer');
}

describe('actions in browsers', () => {
  it('[LK-3] [DA-1] go both ways between Chromium and Firefox, through the room to who only chats, and not to an old client', async () => {
    const ann = await enter('Ann', site.chromium);
    const ben = await enter('Ben', site.firefox);
    const cid = await enter('Cid', site.chromium, { call: 'false' });
    const old = await enter('Old', site.chromium, { edition: 'old' });
    const everybody = [ann, ben, cid];
    for (const page of everybody) {
      await until(page, 'three others', () => window.room.getSnapshot().peers.length === 3, []);
    }
    await untilDirect(ann, 'Ben');
    await untilDirect(ben, 'Ann');
    await until(
      ann,
      'a link to the old client',
      () =>
        window.room
          .getSnapshot()
          .peers.some((one) => one.name === 'Old' && one.link.status === 'connected'),
      [],
    );

    for (const [page, other, name] of [
      [ann, ben, 'Ben'],
      [ben, ann, 'Ann'],
    ] as const) {
      const sent = await page.evaluate(async () => {
        const results = await window.room.data.action('word').send({ hello: 1 });
        return results.map(({ session, via, error }) => [session, via ?? error.code] as const);
      });
      const bySession = new Map(sent);
      assert.equal(bySession.get(await sessionOf(page, name)), 'peer');
      assert.equal(bySession.get(await sessionOf(page, 'Cid')), 'room');
      await until(other, 'a word', () => window.heard.length > 0, []);
      const [heard] = await other.evaluate(() => window.heard.splice(0));
      assert.deepEqual(heard?.data, { hello: 1 });
      assert.equal(heard?.source.via, 'peer');

      // A megabyte, in parts: the other end has all of it.
      const to = await sessionOf(page, name);
      const [ours, theirs] = await page.evaluate(async (who) => {
        const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 31) % 251);
        const sum = bytes.reduce((all, one) => (all + one) % 65521, 0);
        return [sum, await window.room.data.action('sum').request(bytes, { to: who })];
      }, to);
      assert.equal(theirs, ours);
    }
    await until(cid, 'both words', () => window.heard.length === 2, []);
    const atCid = await cid.evaluate(() => window.heard.map(({ source }) => source.via));
    assert.deepEqual(atCid, ['room', 'room']);

    const took = await ann.evaluate(async () => {
      const { session: to = '' } =
        window.room.getSnapshot().peers.find((one) => one.name === 'Old') ?? {};
      const from = performance.now();
      const [sent] = await window.room.data.action('word').send(1, { to });
      return { code: sent?.error?.code, ms: performance.now() - from };
    });
    assert.equal(took.code, 'unsupported');
    assert.ok(took.ms < 200, `took ${took.ms} ms`);
    for (const page of everybody) assert.deepEqual(await readComplaints(page), []);
    for (const page of [...everybody, old]) {
      await page.evaluate(() => window.room.leave());
      await page.close();
    }
  });

  it('do what the guide says', async () => {
    const ann = await enter('Ann', site.chromium);
    const ben = await enter('Ben', site.firefox);
    for (const page of [ann, ben]) {
      await until(page, 'the other', () => window.room.getSnapshot().peers.length === 1, []);
    }
    const run = (page: Page, code: string): Promise<unknown> =>
      page.evaluate(async (text) => {
        const Code = Object.getPrototypeOf(async () => undefined).constructor as new (
          ...words: string[]
        ) => (...given: unknown[]) => Promise<unknown>;
        return new Code('confirm', 'place', text)(
          () => true,
          () => undefined,
        );
      }, code);
    const send = snippet('data', 'Send to everybody', 'js');
    await Promise.all([run(ann, send), run(ben, send)]);
    await until(
      ben,
      'a cheer',
      () => /🎉/u.test(document.querySelector('#cheers')?.textContent ?? ''),
      [],
    );
    const ask = snippet('data', 'Ask and answer', 'js');
    const [answer = ''] = ask.split('\n\n');
    await run(ben, answer);
    assert.equal(await run(ann, `${ask} return yes;`), 1);
    const move = snippet('data', 'What may be lost', 'js');
    await Promise.all([run(ann, move), run(ben, move)]);
    await Promise.all([ann, ben].map((page) => page.close()));
  });
});
