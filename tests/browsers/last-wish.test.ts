// Whatever a person wants last of an <rtc-room> is what is: real devices, files, sockets and connections.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import type { Browser } from 'puppeteer-core';

import { bundle, inline } from '../support/browsers/bundle.js';
import { closeBrowsers, launch, open } from '../support/browsers/launch.js';
import { waitForPeers } from '../support/browsers/hands.js';
import { SCRIPT } from '../support/browsers/pages.js';
import { readComplaints } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

/** A failure prints the seed of its case. */
const SEED = 20_261_129;
const CASES = { chromium: 200, firefox: 100 } as const;
/** People beside each other, each in a room of their own with somebody else. */
const PAGES = 4;
/** After as many cases a page begins anew, without the files that it has loaded. */
const CASES_PER_VISIT = 10;

/** Nobody looks, so little is drawn. */
const SMALL = { width: 320, height: 240 } as const;

const site = useSite({
  browsers: [],
  pages: async () => {
    const script = await bundle('tests/support/browsers/wish-page.ts');
    const head =
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Wishes</title>' +
      `<script type="module" src="${SCRIPT}"></script></head>`;
    return { '/wishes': `${head}<body>${inline(script)}</body></html>` };
  },
});

for (const name of ['chromium', 'firefox'] as const) {
  describe(`the last wish in ${name}`, () => {
    let browser: Browser;

    before(async () => {
      await site.start();
      browser = await launch(name);
    });

    it(`wins: ${CASES[name]} cases, seeds from ${SEED}`, async () => {
      const seeds = Array.from({ length: CASES[name] }, (_, count) => SEED + count);
      const share = Math.ceil(seeds.length / PAGES);
      const runs = Array.from({ length: PAGES }, (_, index) =>
        wishOnPage(browser, `${name}-${index}`, seeds.slice(index * share, (index + 1) * share)),
      );
      const wrong = (await Promise.all(runs)).flat();
      assert.deepEqual(wrong, []);
      await closeBrowsers();
    });
  });
}

/** Runs the cases one after another, and returns what is wrong. */
async function wishOnPage(
  browser: Browser,
  room: string,
  seeds: readonly number[],
): Promise<readonly string[]> {
  const nobody = { room, name: 'Other', audio: 'off', video: 'off' };
  const other = await site.call(nobody, browser, SMALL);
  const page = await open(browser, `${site.url}/wishes?room=${room}`, SMALL);
  const wrong: string[] = [];
  for (const [count, seed] of seeds.entries()) {
    if (count > 0 && count % CASES_PER_VISIT === 0) await page.reload();
    const found = await page.evaluate((one) => window.runWishes(one), seed);
    if (found.length > 0) wrong.push(`seed ${seed}:\n  ${found.join('\n  ')}`);
    wrong.push(...(await readComplaints(page)));
  }
  // Nobody stays behind in the room.
  await waitForPeers(other, 0);
  await Promise.all([page, other].map((one) => one.close()));
  return wrong;
}
