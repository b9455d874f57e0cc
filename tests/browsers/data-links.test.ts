// Data between pages that only chat, in real browsers: without a call, and without its code before a link is wanted.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';
import type { Room } from '@rtc-elements/core';

import { open, until } from '../support/browsers/launch.js';
import { page as html } from '../support/browsers/pages.js';
import { useSite } from '../support/browsers/site.js';
import {
  acceptFirst,
  digestOf,
  makeSource,
  offerSource,
  waitForStatus,
} from '../support/files/files-page.js';

const MIB = 1_048_576;

/** The file for pages that only chat, which begins without a call. */
const CHAT = '/packages/elements/dist/cdn/rtc-chat.min.js';

const chatPage = (query: URLSearchParams): string =>
  html(
    CHAT,
    `<rtc-chat room="${query.get('room') ?? ''}" name="${query.get('name') ?? ''}"></rtc-chat>`,
  );

const site = useSite({ browsers: ['chromium', 'firefox'], pages: () => ({ '/chat': chatPage }) });
const pages: Page[] = [];

/** Somebody in the room who only chats, with the room of their element as `window.room`. */
async function chat(browser: Browser, room: string, name: string): Promise<Page> {
  await site.start();
  const query = new URLSearchParams({ room, name });
  const page = await open(browser, `${site.url}/chat?${query.toString()}`);
  pages.push(page);
  await until(
    page,
    'the room',
    () => {
      const { client } = document.querySelector('rtc-chat') as unknown as { client: Room | null };
      if (client) window.room = client;
      return client?.getSnapshot().connection === 'connected';
    },
    [],
  );
  return page;
}

const waitForOther = (page: Page): Promise<void> =>
  until(page, 'the other one', () => window.room.getSnapshot().peers.length === 1, []);

/** The files with code of calls that the page has loaded. */
const callFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => /-(call|background|data-links)\.min\.js$/.test(path)),
  );

const setPlace = (page: Page, x: number): Promise<void> =>
  page.evaluate((value) => window.room.ephemeral('place').set({ x: value }), x);

const waitForPlace = (page: Page, x: number): Promise<void> =>
  until(
    page,
    `the place ${x}`,
    (wanted) => {
      const [other] = window.room.getSnapshot().peers;
      const place = window.room.ephemeral<{ x: number }>('place').get(other?.session ?? '');
      return place?.x === wanted;
    },
    [x],
  );

describe('two pages that only chat', () => {
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.browserContext().close()));
  });

  for (const [first, second] of [
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const) {
    it(`pass a file and values from ${first} to ${second}, and load what a call needs only then`, async (test) => {
      const room = `chat-${first}`;
      const ann = await chat(site[first], room, 'Ann');
      const ben = await chat(site[second], room, 'Ben');
      await Promise.all([ann, ben].map(waitForOther));
      assert.deepEqual(await Promise.all([ann, ben].map(callFiles)), [[], []]);
      await makeSource(ann, 'source.bin', 20 * MIB);
      // The chat shows what is offered, so the page hears of it.
      await offerSource(ann, 'source.bin', ['Ben']);
      await waitForStatus(ben, 'offered');
      await acceptFirst(ben);
      await Promise.all([ann, ben].map((page) => waitForStatus(page, 'done')));
      assert.equal(await digestOf(ben, null), await digestOf(ann, 'source.bin'));
      const calls = await ann.evaluate(() => window.room.getSnapshot().you?.call);
      assert.equal(calls, 0);
      await setPlace(ann, 1);
      await waitForPlace(ben, 1);
      await setPlace(ben, 2);
      await waitForPlace(ann, 2);
      test.diagnostic(`loaded for it: ${(await callFiles(ann)).join(', ')}`);
    });
  }

  it('pass a value to one who only chats from one who is in the call', async () => {
    const ann = await chat(site.chromium, 'mixed', 'Ann');
    const ben = await chat(site.firefox, 'mixed', 'Ben');
    await Promise.all([ann, ben].map(waitForOther));
    await ann.evaluate(async () => {
      window.room.ephemeral('place');
      await window.room.enterCall();
    });
    await setPlace(ben, 3);
    await waitForPlace(ann, 3);
    await setPlace(ann, 4);
    await waitForPlace(ben, 4);
  });
});
