// Files between real browsers: whole, from one engine to another, to several people, and by the code of the guide.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { open, until } from '../support/browsers/launch.js';
import { useSite } from '../support/browsers/site.js';
import { snippet } from '../support/guide.js';
import {
  acceptFirst,
  countPieces,
  damagePart,
  digestOf,
  filesPage,
  makeSource,
  offerSource,
  offerTo,
  sentPieces,
  waitForPeer,
  waitForStatus,
} from '../support/files/files-page.js';

const MIB = 1_048_576;

const site = useSite({ browsers: ['chromium', 'firefox'], pages: () => ({ '/files': filesPage }) });
const pages: Page[] = [];

async function join(browser: Browser, room: string, name: string): Promise<Page> {
  await site.start();
  const url = `${site.url}/files?${new URLSearchParams({ room, name }).toString()}`;
  const page = await open(browser, url, { before: countPieces });
  pages.push(page);
  return page;
}

describe('files between browsers', () => {
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.browserContext().close()));
  });

  for (const [sender, receiver] of [
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ] as const) {
    it(`100 MiB go from ${sender} to ${receiver}, and a damaged part is fetched again alone`, async (test) => {
      const ann = await join(site[sender], `from-${sender}`, 'Ann');
      const ben = await join(site[receiver], `from-${sender}`, 'Ben');
      await makeSource(ann, 'source.bin', 100 * MIB);
      await damagePart(ann, 7);
      await offerTo(ann, ben, 'source.bin');
      const began = Date.now();
      await acceptFirst(ben);
      await Promise.all([ann, ben].map((page) => waitForStatus(page, 'done')));
      const took = (Date.now() - began) / 1_000;
      const { bytes, parts } = await sentPieces(ann);
      test.diagnostic(`${took.toFixed(1)} s; sent ${bytes / MIB} MiB; part 7 ${parts[7]} times`);
      assert.equal(bytes, 101 * MIB);
      assert.equal(parts[7], 2);
      assert.equal(await digestOf(ben, null), await digestOf(ann, 'source.bin'));
    });
  }

  it('[FT-7] go to four people at once, each at its own pace', async (test) => {
    const size = 20 * MIB;
    const ann = await join(site.chromium, 'four', 'Ann');
    await makeSource(ann, 'source.bin', size);
    const names = ['Ben', 'Cem', 'Dee', 'Eva'];
    const others = await Promise.all(names.map((name) => join(site.chromium, 'four', name)));
    for (const name of names) await waitForPeer(ann, name);
    await offerSource(ann, 'source.bin', names);
    await Promise.all(others.map((page) => waitForStatus(page, 'offered')));
    const [slow, ...fast] = others as [Page, ...Page[]];
    // As slow as can be: it takes nothing until the others have everything.
    await slow.evaluate(() => {
      window.room.files.pause(window.room.files.getSnapshot()[0]?.id ?? '');
    });
    await Promise.all(others.map(acceptFirst));
    await Promise.all(fast.map((page) => waitForStatus(page, 'done')));
    await waitForStatus(slow, 'paused');
    await slow.evaluate(() =>
      window.room.files.resume(window.room.files.getSnapshot()[0]?.id ?? ''),
    );
    await waitForStatus(slow, 'done');
    const { bytes } = await sentPieces(ann);
    test.diagnostic(`sent ${bytes / MIB} MiB`);
    assert.equal(bytes, 4 * size);
    const digests = await Promise.all(others.map((page) => digestOf(page, null)));
    assert.deepEqual(new Set(digests), new Set([await digestOf(ann, 'source.bin')]));
  });

  it('are offered and received by the code of the guide', async () => {
    const ann = await join(site.chromium, 'guide', 'Ann');
    const ben = await join(site.chromium, 'guide', 'Ben');
    await waitForPeer(ann, 'Ben');
    const run = (page: Page, code: string): Promise<string> =>
      page.evaluate(async (text) => {
        const Code = Object.getPrototypeOf(async () => undefined).constructor as new (
          ...words: string[]
        ) => (room: unknown, session: unknown) => Promise<void>;
        const [peer] = window.room.getSnapshot().peers;
        return new Code('room', 'session', text)(window.room, peer?.session).then(
          () => 'ran',
          (error: unknown) => String(error),
        );
      }, code);
    assert.equal(await run(ben, snippet('files', 'Receive it', 'js')), 'ran');
    await ann.evaluate(() => {
      const input = document.body.appendChild(document.createElement('input'));
      input.type = 'file';
      const chosen = new DataTransfer();
      chosen.items.add(new File(['of the guide'], 'guide.txt'));
      input.files = chosen.files;
    });
    assert.equal(await run(ann, snippet('files', 'Offer a file', 'js')), 'ran');
    await until(ben, 'a download', () => document.querySelector('a')?.download === 'guide.txt', []);
  });
});
