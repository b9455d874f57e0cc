// The pages in the guide, on a site of somebody else's: what they tell to write into a page does what they say.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { type Edge, startEdge } from '../support/browsers/edge.js';
import { joinFromLobby, waitForConnection } from '../support/browsers/hands.js';
import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { type PageServer, servePages } from '../support/browsers/pages.js';
import { snippet, substitute } from '../support/guide.js';
import { allBlocks, type Block } from '../support/snippets/blocks.js';
import { RUN_BY } from '../support/snippets/run-by.js';

/** Of the guide; the room is elsewhere. */
const HOSTS = ['rtc-elements.<you>.workers.dev', 'my-room.example.workers.dev'];
const BUNDLE = '/packages/elements/dist/cdn/rtc-elements.min.js';

let edge: Edge;
let site: PageServer;
let browser: Browser;

/** What this file is said to run. */
const blocksOf = (page: string, language: string): readonly Block[] =>
  allBlocks().filter(
    (block) =>
      block.page === page &&
      block.language === language &&
      RUN_BY[block.name] === 'tests/browsers/guide.test.ts',
  );

before(async () => {
  edge = await startEdge();
  const pages: Record<string, string> = {
    '/': pageOf(snippet('deploy', 'Each time', 'html')),
    // A page as the blocks of JavaScript expect it.
    '/scripts': pageOf(
      `<rtc-room room="scripts" name="Ann" lobby="off" autojoin audio="off" video="off"></rtc-room>
       <rtc-chat room="scripts"></rtc-chat><p id="badge"></p>
       <style>${blocksOf('embed', 'css')
         .map(({ text }) => text)
         .join('')}</style>`,
    ),
  };
  for (const { name, text } of blocksOf('embed', 'html')) pages[pathOf(name)] = pageOf(text);
  site = await servePages({ pages });
  browser = await launch('chromium');
});
after(async () => {
  await closeBrowsers();
  await site?.close();
  await edge?.close();
});

describe('the page in the guide', () => {
  it('lets somebody join from another origin', async () => {
    const page = await open(browser, site.url);
    await joinFromLobby(page, 'Ann');
    await page.close();
  });

  for (const { name } of blocksOf('embed', 'html')) {
    it(`defines its elements, and they have their room: ${name}`, async () => {
      const { page, errors } = await visit(pathOf(name));
      await until(
        page,
        'elements with a room',
        () => {
          const elements = [...document.querySelectorAll<HTMLElement>('*')].filter(
            ({ localName }) => localName.startsWith('rtc-'),
          );
          return (
            elements.length > 0 &&
            elements.every(
              (element) => element.matches(':defined') && element.shadowRoot?.childElementCount,
            )
          );
        },
        [],
      );
      assert.deepEqual(errors, []);
      await page.close();
    });
  }
});

describe('the scripts in the guide', () => {
  for (const name of ['embed', 'moderation', 'troubleshooting', 'own-elements']) {
    it(`run in a page with a room: ${name}`, async () => {
      const { page, errors } = await visit('/scripts');
      await waitForConnection(page, 'connected');
      await page.evaluate(() => {
        const room = document.querySelector('rtc-room');
        const badge = document.querySelector('#badge');
        // `copy()` is the console's.
        Object.assign(window, {
          room,
          badge,
          copied: null,
          copy: (what: unknown) => Object.assign(window, { copied: what }),
        });
      });
      for (const { text } of blocksOf(name, 'js')) await runAt(page, text);
      if (name === 'own-elements') await checkOwnElements(page);
      if (name === 'troubleshooting')
        assert.ok(await page.evaluate(() => (window as { copied?: unknown }).copied !== null));
      assert.deepEqual(errors, []);
      await page.close();
    });
  }

  it('style what the page says', async () => {
    const { page } = await visit('/scripts');
    await waitForConnection(page, 'connected');
    const accent = await page.evaluate(() =>
      getComputedStyle(document.querySelector('rtc-room') as Element).getPropertyValue(
        '--rtc-accent',
      ),
    );
    assert.equal(accent.trim(), '#0b7a5b');
    await page.close();
  });
});

/** As the body of a method of the room element. */
const runAt = (page: Page, text: string): Promise<unknown> =>
  page.evaluate(`(async function () { ${text}
    globalThis.outcome = typeof outcome === 'undefined' ? globalThis.outcome : outcome;
    globalThis.MyCount = typeof MyCount === 'undefined' ? globalThis.MyCount : MyCount;
  }).call(document.querySelector('rtc-room'))`);

/** The request was carried out, and the element counts the others. */
async function checkOwnElements(page: Page): Promise<void> {
  const status = await page.evaluate(
    () => (window as unknown as { outcome: { status: string } }).outcome.status,
  );
  assert.equal(status, 'done');
  const count = await page.evaluate(async () => {
    const { MyCount } = window as unknown as { MyCount: CustomElementConstructor };
    customElements.define('my-count', MyCount);
    document.querySelector('rtc-room')?.append(document.createElement('my-count'));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return document.querySelector('my-count')?.textContent;
  });
  assert.equal(count, '0');
}

async function visit(path: string): Promise<{ page: Page; errors: string[] }> {
  const errors: string[] = [];
  const page = await open(browser, 'about:blank');
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(site.url + path);
  return { page, errors };
}

const pathOf = (name: string): string => `/${encodeURIComponent(name).replaceAll('%', '')}`;

/** With our room in place of the one that the page names, and with the elements if it does not load them. */
function pageOf(text: string): string {
  let body = text;
  for (const host of HOSTS) {
    if (!body.includes(host)) continue;
    if (body.includes(`https://${host}`))
      body = substitute(body, { [`https://${host}`]: edge.url });
    body = body.replaceAll(host, edge.url);
  }
  body = body.replace(/<(rtc-room|rtc-chat)(?![^>]*\b(host|for)=)/g, `<$1 host="${edge.url}"`);
  const script = body.includes(BUNDLE)
    ? ''
    : `<script type="module" src="${edge.url}${BUNDLE}"></script>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title><body>${script}${body}</body></html>`;
}
