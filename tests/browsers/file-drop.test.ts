// Files from one browser to another, on the example page as it stands, and in the chat of the first one.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { control, joinFromLobby, press, type RoomWindow } from '../support/browsers/hands.js';
import { type BrowserName, until } from '../support/browsers/launch.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

const site = useSite({ browsers: ['chromium', 'firefox'] });

/** What is sent: large enough for several parts. */
const BYTES = 5_000_000;

let folder = '';
let path = '';
let content: Buffer;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rtc-elements-'));
  path = join(folder, 'plan.bin');
  content = randomBytes(BYTES);
  await writeFile(path, content);
});
after(() => rm(folder, { recursive: true, force: true }));

/** Drops a file of the disk in the middle of an element, as a hand does. Chromium alone can be made to. */
async function drop(page: Page, selector: string, file: string): Promise<void> {
  const place = await page.waitForFunction(
    (wanted: string) => {
      const [element] = window.probe.find(wanted);
      const box = element?.getBoundingClientRect();
      return box && box.width > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    },
    { polling: 50 },
    selector,
  );
  const at = (await place.jsonValue()) as { x: number; y: number };
  const session = await page.createCDPSession();
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  await session.detach();
}

/** Where the browser of a page puts its downloads from now on. */
async function downloadsOf(page: Page): Promise<string> {
  const downloads = await mkdtemp(join(folder, 'downloads-'));
  const { id } = page.browserContext();
  const session = await page.browser().target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: downloads,
    ...(id !== undefined && { browserContextId: id }),
  });
  return downloads;
}

/** The one file in a folder, once the browser has finished it. */
async function downloaded(page: Page, downloads: string): Promise<Buffer> {
  const end = performance.now() + 20_000;
  for (;;) {
    const [name] = await readdir(downloads);
    if (name && !name.endsWith('.crdownload')) return readFile(join(downloads, name));
    if (performance.now() > end) throw new Error('The browser saved nothing within 20 s.');
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The digest of what a page has received, as it would save it. */
const received = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const room = document.querySelector('rtc-room') as unknown as RoomWindow;
    const { files } = room.client;
    const one = files.getSnapshot().find(({ isTakeable }) => isTakeable);
    const file = await files.take(one?.id ?? '');
    const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });

const waitForStatus = (page: Page, words: RegExp): Promise<void> =>
  until(
    page,
    words.source,
    (pattern: string) =>
      window.probe
        .find('[part~=file-status]')
        .some((one) => one.checkVisibility() && new RegExp(pattern).test(one.textContent.trim())),
    [words.source],
    40_000,
  );

const waitForReceivers = (page: Page): Promise<void> =>
  until(
    page,
    'somebody to send to',
    () => window.probe.find('[part=zone]').some((one) => one.textContent.includes('or paste')),
    [],
  );

const leave = async (pages: readonly Page[]): Promise<void> => {
  const complaints = await Promise.all(pages.map(readComplaints));
  await Promise.all(pages.map((page) => page.close()));
  assert.deepEqual(complaints.flat(), []);
};

const browserOf = (name: BrowserName): Browser => site[name];

describe('the example file-drop', () => {
  it('sends a file that is dropped to whoever accepts it, and their browser saves the same bytes', async () => {
    const ann = await site.open('/examples/file-drop/', browserOf('chromium'));
    const ben = await site.open('/examples/file-drop/', browserOf('chromium'));
    const downloads = await downloadsOf(ben);
    await waitForReceivers(ann);
    await drop(ann, '[part=zone]', path);
    await press(ben, 'Accept: plan.bin');
    await waitForStatus(ann, /^Sent$/);
    await waitForStatus(ben, /^Received$/);
    assert.equal(digest(await downloaded(ben, downloads)), digest(content));
    await leave([ann, ben]);
  });

  it('does so from Chromium to Firefox, and says why somebody declines', async () => {
    const ann = await site.open('/examples/file-drop/', browserOf('chromium'));
    const ben = await site.open('/examples/file-drop/', browserOf('firefox'));
    await waitForReceivers(ann);
    await drop(ann, '[part=zone]', path);
    await press(ben, 'Accept: plan.bin');
    await waitForStatus(ben, /^Received$/);
    assert.equal(await received(ben), digest(content));
    await drop(ann, '[part=zone]', path);
    await press(ben, 'Decline: plan.bin');
    const reason = await control(ben, /^Why/);
    await reason.type('Too large for my phone');
    await reason.press('Enter');
    await waitForStatus(ann, /Too large for my phone/);
    await leave([ann, ben]);
  });
});

describe('files in a call', () => {
  it('go to the person on whose tile they are dropped, who is asked on a card', async () => {
    const ann = await site.open('/examples/hello/', browserOf('chromium'));
    await joinFromLobby(ann, 'Ann');
    const ben = await site.open('/examples/hello/', browserOf('firefox'));
    await joinFromLobby(ben, 'Ben');
    await drop(ann, 'rtc-tile:not([self])', path);
    await press(ben, 'Accept: plan.bin');
    await waitForStatus(ben, /^Received$/);
    assert.equal(await received(ben), digest(content));
    await leave([ann, ben]);
  });

  it('are messages in the chat, which others get from whoever sent them, for as long as they are there', async () => {
    const ann = await site.open('/examples/hello/', browserOf('chromium'));
    await joinFromLobby(ann, 'Ann');
    const ben = await site.open('/examples/hello/', browserOf('chromium'));
    await joinFromLobby(ben, 'Ben');
    const downloads = await downloadsOf(ben);
    await drop(ann, 'rtc-chat', path);
    await press(ann, 'Send');
    await press(ben, 'Download: plan.bin');
    await waitForStatus(ben, /^Received$/);
    await waitForStatus(ann, /^Sent to 1 person$/);
    assert.equal(digest(await downloaded(ben, downloads)), digest(content));
    const chen = await site.open('/examples/hello/', browserOf('firefox'));
    await joinFromLobby(chen, 'Chen');
    await control(chen, 'Download: plan.bin');
    await leave([ann]);
    await waitForStatus(chen, /^No longer available$/);
    await leave([ben, chen]);
  });
});
