// What `npm run size` counts is what a browser fetches by itself: no chunk more, none less.
import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { BUDGETS } from '../../scripts/support/budgets.mjs';
import { root } from '../../scripts/support/run.mjs';
import { filesOf } from '../../scripts/support/sizes.mjs';
import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { type Edge, startEdge } from '../support/browsers/edge.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/browsers/pages.js';

const CHAT = SCRIPT.replace('rtc-elements.min.js', 'rtc-chat.min.js');
const CORE = '/packages/core/dist/cdn/rtc-core.min.js';
/** A call without an element. */
const JOIN = `<script type="module">
  import { joinRoom } from '${CORE}';
  await joinRoom({ host: location.origin, room: 'core', name: 'Somebody' });
</script>`;

/** Longer than the page waits with anything it does when it is idle. */
const CALM_MS = 2_000;

let edge: Edge;
let browser: Browser;
let site: PageServer;

before(async () => {
  // Credentials that end, so what renews them is needed. Nobody has to pass the relay.
  edge = await startEdge({
    TURN_PROVIDER: 'coturn',
    TURN_URLS: 'turn:127.0.0.1:9?transport=udp',
    TURN_SECRET: 'of-a-relay-that-is-not-there',
  });
  browser = await launch('chromium');
  const pages = {
    '/call': (query: URLSearchParams) =>
      html(SCRIPT, roomTag({ room: 'call', name: query.get('name') ?? '' })),
    '/chat': html(CHAT, '<rtc-chat room="chat" name="Somebody"></rtc-chat>'),
    '/core': html(CORE, JOIN),
  };
  site = await servePages({ pages, behind: edge.url });
});

after(async () => {
  await closeBrowsers();
  await site?.close();
  await edge?.close();
});

/** What the budgets of the file at `address` count, all together. */
function counted(address: string): string[] {
  const budgets = BUDGETS.filter(({ entry }) => `/${entry}` === address);
  const files = budgets.flatMap(({ entry, loads }) => filesOf(join(root, entry), loads));
  return [...new Set(files.map((file) => basename(file)))].sort();
}

const fetched = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name.split('/').at(-1) ?? '')
      .filter((name) => name.endsWith('.min.js'))
      .sort(),
  );

async function assertFetched(page: Page, address: string): Promise<void> {
  await page.waitForNetworkIdle({ idleTime: CALM_MS });
  assert.deepEqual(await fetched(page), counted(address));
}

/** Of two who are not called the same: telling them apart is a file of its own. */
const openTwo = async (path: string): Promise<Page> => {
  await open(browser, `${site.url}${path}?name=Aisha`);
  const page = await open(browser, `${site.url}${path}?name=Ben`);
  await until(
    page,
    'a call that is connected',
    () => window.probe.connections.some((link) => link.connectionState === 'connected'),
    [],
  );
  return page;
};

describe('the script that is fetched by itself', () => {
  it('is in a first call, with credentials that end, what the budgets count', async () => {
    await assertFetched(await openTwo('/call'), SCRIPT);
  });

  it('is for a chat alone what the budget counts', async () => {
    const page = await open(browser, `${site.url}/chat`);
    await until(
      page,
      'a field to write in',
      () => (window.probe.find('rtc-chat textarea, textarea')[0]?.clientHeight ?? 0) > 0,
      [],
    );
    await assertFetched(page, CHAT);
  });

  it('is for a call by core alone what the budget counts', async () => {
    await assertFetched(await openTwo('/core'), CORE);
  });
});
