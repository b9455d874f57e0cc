// Tabs come and go, and no trace of them stays.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';

import type { BrowserContext, Page } from 'puppeteer-core';

import { waitForPeers } from '../support/browsers/hands.js';
import { waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';
import { Edge as HostedEdge } from '../support/edge/edge.js';

const RELOADS = 20;
const GHOST_MS = 2_000;
const RELEASE_MS = 10_000;

let partykit: HostedEdge;

before(async () => {
  partykit = await HostedEdge.start({ host: 'partykit' });
});
const site = useSite();
after(() => partykit?.stop());

describe('two tabs of one browser', () => {
  let context: BrowserContext;
  beforeEach(async () => {
    context = await site.chromium.createBrowserContext();
  });
  afterEach(() => context.close());

  it(`have their call back after each of ${RELOADS} reloads of one of them`, async () => {
    const stays = await site.call({ room: 'reload' }, context);
    const reloads = await site.call({ room: 'reload' }, context);
    await waitForMediaInTurn(stays, reloads);
    for (let round = 1; round <= RELOADS; round += 1) {
      await reloads.reload();
      await waitForPeers(reloads, 1, GHOST_MS + 8_000);
      await waitForPeers(stays, 1, GHOST_MS);
      await waitForMediaInTurn(stays, reloads);
      assert.equal(await countTiles(stays), 2, `no ghost on the stage after reload ${round}`);
    }
    await waitForTilesInMemory(stays, 2);
  });

  for (const isPartyKit of [false, true]) {
    it(`do not see a closed tab two seconds later${isPartyKit ? ', on PartyKit' : ''}`, async () => {
      const where = { room: 'reload', ...(isPartyKit && { host: partykit.origin }) };
      const stays = await site.call(where, context);
      for (let round = 1; round <= 3; round += 1) {
        const goes = await site.call(where, context);
        await waitForPeers(stays, 1);
        await goes.close();
        await waitForPeers(stays, 0, GHOST_MS);
      }
    });
  }
});

/** A tab behind another one gets no pictures, as nobody sees them. */
async function waitForMediaInTurn(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await page.bringToFront();
    await waitForMedia(page, 1);
  }
}

const countTiles = (page: Page): Promise<number> =>
  page.evaluate(() => window.probe.find('rtc-tile').length);

/**
 * Each look collects garbage first. It takes several, and a page in front: what an element still has to
 * be told may wait for a frame, which a page in the back does not draw, and hold the element until then.
 */
async function waitForTilesInMemory(page: Page, count: number): Promise<void> {
  await page.bringToFront();
  const prototype = await page.evaluateHandle(() => customElements.get('rtc-tile')?.prototype);
  const deadline = Date.now() + RELEASE_MS;
  let held: number;
  do {
    const tiles = await page.queryObjects(prototype);
    held = await tiles.evaluate((all) => all.length);
    await tiles.dispose();
  } while (held !== count && Date.now() < deadline);
  assert.equal(held, count, 'no tile of those that left is in memory either');
}
