// The examples of what pages send each other: two people use each as people do.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { press } from '../support/browsers/hands.js';
import type { BrowserName } from '../support/browsers/launch.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const SERVER_KEY = 'the-key-of-a-backend-in-a-test-0123456789';
const site = useSite({ browsers: ['chromium', 'firefox'], vars: { SERVER_KEY } });

/** Somebody who has opened an example and given a name. */
async function arrive(
  path: string,
  browser: BrowserName,
  name: string,
  button: string,
): Promise<Page> {
  const page = await site.open(path, site[browser]);
  const field = await page.waitForSelector('input[name=name]');
  await field?.type(name);
  await press(page, button);
  return page;
}

const leave = async (...pages: readonly Page[]): Promise<void> => {
  const complaints = await Promise.all(pages.map(readComplaints));
  await Promise.all(pages.map((page) => page.close()));
  assert.deepEqual(complaints.flat(), []);
};

/** The middle of what `selector` finds, in CSS pixels of the window. */
const middleOf = (page: Page, selector: string): Promise<{ x: number; y: number }> =>
  page.$eval(selector, (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });

describe('cursors', () => {
  it('shows where the other points, in a window of another size, and where they have put a card', async () => {
    const a = await arrive('/examples/cursors/', 'chromium', 'Aisha', 'Join');
    const b = await arrive('/examples/cursors/', 'firefox', 'Ben', 'Join');
    await b.setViewport({ width: 700, height: 900 });
    const { x, y } = await middleOf(a, '#board');
    await a.mouse.move(x - 50, y);
    await a.mouse.move(x, y);
    // Where the tip of the arrow is on the board, as a share of it.
    await b.waitForFunction(() => {
      const [cursor] = window.probe.find('.cursor:not(.away)');
      const board = document.querySelector('#board')?.getBoundingClientRect();
      if (!cursor?.textContent.includes('Aisha') || !board) return false;
      const tip = cursor.getBoundingClientRect();
      const share = [(tip.left - board.left) / board.width, (tip.top - board.top) / board.height];
      return share.every((one) => Math.abs(one - 0.5) < 0.01);
    });
    const card = await middleOf(a, '.card');
    await a.mouse.move(card.x, card.y);
    await a.mouse.down();
    await a.mouse.move(x, y, { steps: 20 });
    await b.waitForFunction(() => {
      const { style } = document.querySelector<HTMLElement>('.card.moving') ?? {};
      return parseFloat(style?.left ?? '') > 30;
    });
    await a.mouse.up();
    await b.waitForFunction(() => {
      const first = document.querySelector<HTMLElement>('.card:not(.moving)');
      return first?.textContent === 'Lisbon' && Math.abs(parseFloat(first.style.left) - 50) < 1;
    });
    await a.mouse.move(2, 2);
    await b.waitForFunction(() => window.probe.find('.cursor:not(.away)').length === 0);
    await leave(a, b);
  });
});

describe('game', () => {
  it('is flown by keys and by pointer, and each sees where the other is, and who burns', async () => {
    const a = await arrive('/examples/game/', 'chromium', 'Aisha', 'Fly');
    const b = await arrive('/examples/game/', 'firefox', 'Ben', 'Fly');
    const scores = (page: Page, name: string): Promise<unknown> =>
      page.waitForFunction(
        (who) => document.querySelector('#scores')?.textContent.includes(`${who}: `),
        {},
        name,
      );
    await Promise.all([scores(a, 'Ben'), scores(b, 'Aisha')]);
    const news = (page: Page): Promise<unknown> =>
      page.waitForFunction(() => document.querySelector('#news')?.textContent.includes('burn'));
    await Promise.all([news(a), news(b)]);
    // Whoever does not burn collects a star: hunted by pointer, as a person would.
    const isBurning = await a.$eval('#news', ({ textContent }) => textContent.startsWith('You'));
    const hunter = isBurning ? b : a;
    await hunter.keyboard.down('ArrowLeft');
    await hunter.waitForFunction(
      () => (document.querySelector('#scores') as HTMLElement).isConnected,
    );
    await hunter.keyboard.up('ArrowLeft');
    await hunter.keyboard.press(' ');
    const box = await (await hunter.waitForSelector('#sky'))?.boundingBox();
    assert.ok(box);
    let row = 0;
    const hasStar = (): Promise<boolean> =>
      hunter.$eval('#scores', ({ textContent }) => /You: [1-9]/.test(textContent));
    await hunter.mouse.move(box.x + 20, box.y + 20);
    await hunter.mouse.down();
    for (const until = Date.now() + 40_000; !(await hasStar()) && Date.now() < until; row += 1) {
      const down = (row % 20) / 20;
      await hunter.mouse.move(box.x + box.width * (row % 2), box.y + box.height * down, {
        steps: 40,
      });
    }
    await hunter.mouse.up();
    assert.ok(await hasStar(), 'a star was collected');
    const other = hunter === a ? b : a;
    const name = hunter === a ? 'Aisha' : 'Ben';
    await other.waitForFunction(
      (who) =>
        new RegExp(`${who}: [1-9]`).test(document.querySelector('#scores')?.textContent ?? ''),
      {},
      name,
    );
    await a.close();
    await b.waitForFunction(
      () => !document.querySelector('#scores')?.textContent.includes('Aisha'),
    );
    await leave(b);
  });
});

describe('dashboard', () => {
  const posts = new AbortController();
  after(() => posts.abort());

  it('draws what a script posts, live, and for whoever comes later', async () => {
    const page = await site.open('/examples/dashboard/');
    await page.waitForFunction(
      () => document.querySelector('#status')?.textContent === 'live, 0 figures',
    );
    assert.equal(await page.$eval('#hint', (hint) => hint.checkVisibility()), true);
    const script = ['examples/dashboard/post-numbers.mjs', site.edge.url];
    const child = spawn(process.execPath, script, {
      env: { ...process.env, SERVER_KEY },
      signal: posts.signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.on('error', () => undefined);
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    await page.waitForFunction(() => document.querySelectorAll('article').length === 3);
    const curve = (): Promise<unknown> =>
      page.waitForFunction(
        () =>
          (document.querySelector('polyline')?.getAttribute('points') ?? '').split(' ').length > 2,
      );
    await curve();
    posts.abort();
    const late = await site.open('/examples/dashboard/', site.firefox);
    await late.waitForFunction(() => document.querySelectorAll('article output').length === 3);
    assert.equal(complaints, '');
    await leave(page, late);
  });
});
