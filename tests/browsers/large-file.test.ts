// A large file between two browsers, whatever happens to the link and to the pages: whole, sent once, and in little memory.
import assert from 'node:assert/strict';
import { loadavg } from 'node:os';
import { describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { launch, open } from '../support/browsers/launch.js';
import { useSite } from '../support/browsers/site.js';
import {
  acceptFirst,
  countPieces,
  digestOf,
  filesPage,
  makeSource,
  offerTo,
  resumeSource,
  sentPieces,
  waitForBytes,
  waitForStatus,
} from '../support/files/files-page.js';
import { RendererMemory } from '../support/files/renderer-memory.js';

const MIB = 1_048_576;

/** The long form, of 1 GiB, is in `npm run soak`. */
const MEBIBYTES = Number(process.env['RTC_FILE_MIB'] ?? 200);

/** What a lost link may cost: what was on its way, and had not been stored. */
const WINDOW_PARTS = 9;

/** How often it is lost: two cuts, and a reload of each side. */
const LOSSES = 4;

/** How far the resident memory of a page may rise, MiB. */
const MOST_MIB = 60;

const PATIENCE_MS = 600_000;

const site = useSite({ pages: () => ({ '/files': filesPage }) });

/** A page in a browser of its own, whose memory is its alone. */
async function join(browser: Browser, name: string): Promise<Page> {
  const url = `${site.url}/files?${new URLSearchParams({ room: 'resumed', name }).toString()}`;
  return open(browser, url, { before: countPieces });
}

/** How many parts were sent beyond the first time, by all pages together. */
function repeats(...sent: readonly Readonly<Record<number, number>>[]): number {
  const all = new Map<string, number>();
  for (const parts of sent)
    for (const [part, times] of Object.entries(parts)) all.set(part, (all.get(part) ?? 0) + times);
  return [...all.values()].reduce((sum, times) => sum + times - 1, 0);
}

describe('a large file between browsers', () => {
  it(`${MEBIBYTES} MiB arrive whole, with the link cut twice and each page reloaded, and only what is missing is sent again`, async (test) => {
    const size = MEBIBYTES * MIB;
    const [one, two] = [await launch('chromium'), await launch('chromium')];
    const ann = await join(one, 'Ann');
    const ben = await join(two, 'Ben');
    await makeSource(ann, 'source.bin', size);
    await offerTo(ann, ben, 'source.bin');
    const memory = [one, two].map((browser) => new RendererMemory(browser));
    const began = Date.now();
    await acceptFirst(ben);
    for (const share of [0.2, 0.4]) {
      await waitForBytes(ben, size * share, PATIENCE_MS);
      await ann.evaluate(() => window.room.simulate('rebuild'));
    }
    await waitForBytes(ben, size * 0.6, PATIENCE_MS);
    assert.deepEqual(await ben.evaluate(() => window.setbacks), []);
    await ben.reload();
    await waitForBytes(ben, size * 0.8, PATIENCE_MS);
    const before = await sentPieces(ann);
    assert.deepEqual(await ann.evaluate(() => window.setbacks), []);
    await ann.reload();
    await waitForStatus(ann, 'interrupted', PATIENCE_MS);
    await resumeSource(ann, 'source.bin');
    await Promise.all([ann, ben].map((page) => waitForStatus(page, 'done', PATIENCE_MS)));
    const took = (Date.now() - began) / 1_000;
    const growth = memory.map((page) => page.stop());
    const after = await sentPieces(ann);
    const again = repeats(before.parts, after.parts);
    test.diagnostic(
      `${MEBIBYTES} MiB in ${took.toFixed(1)} s; sent again: ${again} MiB; ` +
        `before the sender's reload ${Math.round(before.bytes / MIB)} MiB, after it ${Math.round(after.bytes / MIB)} MiB; ` +
        `resident memory rose by ${growth.join(' and ')} MiB; load ${loadavg()[0]?.toFixed(1)}`,
    );
    assert.deepEqual(await ann.evaluate(() => window.setbacks), []);
    assert.deepEqual(await ben.evaluate(() => window.setbacks), []);
    assert.ok(again <= LOSSES * WINDOW_PARTS, `${again} parts were sent again`);
    assert.equal(await digestOf(ben, null), await digestOf(ann, 'source.bin'));
    for (const rise of growth) assert.ok(rise < MOST_MIB, `resident memory rose by ${rise} MiB`);
  });
});
