// The built file draws what the sources draw: every element, in light and dark, wide and narrow.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { bundle, inline } from '../support/browsers/bundle.js';
import { open } from '../support/browsers/launch.js';
import { SCRIPT } from '../support/browsers/pages.js';
import { useSite } from '../support/browsers/site.js';

const VIEWS = [
  { room: 'busy', width: 1280, height: 800, scheme: 'light' },
  { room: 'busy', width: 390, height: 844, scheme: 'dark' },
] as const;

/** These have a look in other rooms, too. */
const MORE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  'rtc-room': ['alone', 'waiting', 'over'],
  'rtc-chat': ['alone', 'waiting', 'over'],
  'rtc-waiting': ['waiting'],
  'rtc-leaving': ['over'],
};

const TAGS = [
  'rtc-announcer',
  'rtc-chat',
  'rtc-chat-composer',
  'rtc-chat-entry',
  'rtc-chat-file',
  'rtc-chat-log',
  'rtc-chat-search',
  'rtc-chat-target',
  'rtc-chat-tools',
  'rtc-chat-typing',
  'rtc-controls',
  'rtc-file-cards',
  'rtc-files',
  'rtc-grid',
  'rtc-leaving',
  'rtc-level-meter',
  'rtc-lobby',
  'rtc-network-check',
  'rtc-notices',
  'rtc-notifications',
  'rtc-participants',
  'rtc-player',
  'rtc-room',
  'rtc-stats',
  'rtc-talk-key',
  'rtc-tile',
  'rtc-waiting',
];

const site = useSite({
  pages: async () => {
    const [source, gallery] = await Promise.all([
      bundle('packages/elements/src/define.ts'),
      bundle('tests/support/browsers/gallery-page.ts'),
    ]);
    const frame = (head: string): string =>
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gallery</title>' +
      '<style>#frame { padding: 8px } *, ::before, ::after { caret-color: transparent !important }</style>' +
      `${inline(gallery)}${head}</head><body></body></html>`;
    return {
      '/source': frame(inline(source)),
      '/built': frame(`<script type="module" src="${SCRIPT}"></script>`),
    };
  },
});

const MOST_LOOKS = 5;

interface Look {
  readonly texts: readonly string[];
  readonly picture: string;
}

/** Puts an element on the page and looks at it. */
async function look(page: Page, tag: string, room: string): Promise<Look> {
  await page.evaluate((element, name) => window.gallery.show(element, name), tag, room);
  const texts = await page.evaluate(() => window.gallery.texts());
  const picture = await page.screenshot({ encoding: 'base64' });
  return { texts, picture };
}

/**
 * Looks at both, and again while they differ: each of them loads what only some elements need, such as links in the
 * chat, when it is first wanted, and nothing tells that it has.
 */
async function compare(source: Page, built: Page, what: readonly [tag: string, room: string]) {
  for (let tries = 1; ; tries += 1) {
    await source.bringToFront();
    const expected = await look(source, ...what);
    await built.bringToFront();
    const actual = await look(built, ...what);
    const isSame =
      actual.picture === expected.picture && actual.texts.join() === expected.texts.join();
    if (isSame || tries === MOST_LOOKS) return { expected, actual };
  }
}

describe('the built file', () => {
  for (const { room, width, height, scheme } of VIEWS) {
    it(`draws every element as the sources do, ${width} px wide and ${scheme}`, async () => {
      const pages: Page[] = [];
      for (const path of ['source', 'built']) {
        const page = await open(site.chromium, `${site.url}/${path}`, { width, height, scheme });
        await page.emulateMediaFeatures([
          { name: 'prefers-color-scheme', value: scheme },
          { name: 'prefers-reduced-motion', value: 'reduce' },
        ]);
        pages.push(page);
      }
      const [source, built] = pages as [Page, Page];
      const differences: string[] = [];
      for (const tag of TAGS) {
        for (const name of [room, ...(MORE_ROOMS[tag] ?? [])]) {
          const { expected, actual } = await compare(source, built, [tag, name]);
          assert.deepEqual(actual.texts, expected.texts, `${tag} in a room that is ${name}`);
          if (actual.picture !== expected.picture) differences.push(`${tag} (${name})`);
        }
      }
      assert.deepEqual(differences, []);
    });
  }
});
