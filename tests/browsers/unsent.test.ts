// What somebody wrote is delivered or kept, however they go.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';

import type { Browser, BrowserContext, Page } from 'puppeteer-core';

import {
  press,
  type RoomWindow,
  waitForConnection,
  waitForText,
} from '../support/browsers/hands.js';
import { until } from '../support/browsers/launch.js';
import { type PageServer, servePages } from '../support/browsers/pages.js';
import { useSite } from '../support/browsers/site.js';

const FAR_MS = 150;
const LINES = ['first', 'second', 'third'];

const site = useSite({ isApart: true, browsers: ['chromium', 'firefox'] });

const WAYS = [
  'they leave',
  'the element is removed',
  'another room is shown',
  'the page is left',
  'the page is reloaded',
] as const;

for (const name of ['chromium', 'firefox'] as const) {
  describe(`with the room ${FAR_MS} ms away, in ${name}`, () => {
    let far: PageServer;
    let reader: Page;
    let context: BrowserContext;

    before(async () => {
      await site.start();
      far = await servePages({ pages: {}, behind: site.edge.url, delayMs: FAR_MS });
      context = await browser(name).createBrowserContext();
    });
    after(async () => {
      await context.close();
      await far.close();
    });
    afterEach(() => reader.close());

    for (const [at, way] of WAYS.entries()) {
      it(`three quick lines arrive when ${way}`, async () => {
        const room = `far-${name}-${at}`;
        reader = await chat(site.chromium, room, site.edge.url);
        const writer = await chat(context, room, far.url);
        await sayAndGo(writer, way);
        await until(
          reader,
          'three lines',
          (count: number) =>
            (document.querySelector('rtc-room') as unknown as RoomWindow).client.getSnapshot().chat
              .entries.length === count,
          [LINES.length],
        );
        assert.deepEqual(await textsOf(reader), LINES);
        await writer.close();
      });
    }
  });
}

describe('a line that was written out of reach', () => {
  it('is offered again after a reload, and sent once', async () => {
    const page = await chat(site.chromium, 'offline', site.edge.url);
    await site.edge.kill();
    await waitForConnection(page, 'reconnecting', 60_000);
    await page.evaluate(() => {
      const element = document.querySelector('rtc-room') as unknown as RoomWindow;
      element.client.chat.send('written offline').catch(() => undefined);
      element.client.chat.send('never mind').catch(() => undefined);
    });
    const url = page.url();
    await page.goto('about:blank');
    await site.edge.restart();
    await page.goto(url);
    await waitForConnection(page, 'connected', 60_000);
    // The panel is closed, as in a call that begins.
    await waitForText(page, '2 messages were not sent.');
    await press(page, 'Show');
    await waitForUnsent(page, 2);
    const shown = await page.evaluate(() =>
      window.probe.find('[part~=problem] span').map(({ textContent }) => textContent),
    );
    assert.match(shown[0] ?? '', /^Not sent/);
    await press(page, 'Send again');
    await waitForUnsent(page, 1);
    await press(page, 'Discard');
    await waitForUnsent(page, 0);
    assert.deepEqual(await textsOf(page), ['written offline']);
    await page.reload();
    await waitForConnection(page, 'connected');
    assert.deepEqual(await textsOf(page), ['written offline']);
    await page.close();
  });
});

const browser = (name: 'chromium' | 'firefox'): Browser => site[name];

/** `<rtc-room>` without devices, connected. */
async function chat(where: Browser | BrowserContext, room: string, host: string): Promise<Page> {
  const page = await site.call({ room, host, audio: 'off', video: 'off' }, where);
  await waitForConnection(page, 'connected');
  return page;
}

const textsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    (document.querySelector('rtc-room') as unknown as RoomWindow).client
      .getSnapshot()
      .chat.entries.map(({ text }) => text),
  );

/** All in one task, as of somebody who is in a hurry. */
const sayAndGo = (page: Page, way: (typeof WAYS)[number]): Promise<void> =>
  page.evaluate(
    (texts, how) => {
      const element = document.querySelector('rtc-room') as unknown as RoomWindow;
      for (const text of texts) element.client.chat.send(text).catch(() => undefined);
      if (how === 'they leave') void element.client.leave();
      else if (how === 'the element is removed') element.remove();
      else if (how === 'another room is shown') element.setAttribute('room', 'elsewhere');
      else if (how === 'the page is left') location.assign('about:blank');
      else location.reload();
    },
    LINES,
    way,
  );

const waitForUnsent = (page: Page, count: number): Promise<void> =>
  until(
    page,
    `${count} lines that were not sent`,
    (wanted: number) => window.probe.find('[part~=problem]').length === wanted,
    [count],
  );
