// Garbage collection takes nothing away that a transfer waits for.
import { describe, it } from 'node:test';

import type { Page } from 'puppeteer-core';

import { launch, open } from '../support/browsers/launch.js';
import { useSite } from '../support/browsers/site.js';
import {
  acceptFirst,
  filesPage,
  makeSource,
  offerTo,
  waitForStatus,
} from '../support/files/files-page.js';

const BYTES = 48 * 1_048_576;
const PATIENCE_MS = 60_000;

/** Collects whenever the page has a moment for it. */
const collect = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { gc } = window as unknown as { readonly gc: () => void };
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      gc();
      setTimeout(() => port2.postMessage(null));
    };
    port2.postMessage(null);
  });

const site = useSite({ pages: () => ({ '/files': filesPage }) });

describe('a file in a browser that collects garbage all the time', () => {
  it('arrives', async () => {
    const browser = await launch('chromium', { args: ['--js-flags=--expose-gc'] });
    const join = (name: string): Promise<Page> =>
      open(browser, `${site.url}/files?${new URLSearchParams({ name }).toString()}`);
    const [ann, ben] = [await join('Ann'), await join('Ben')];
    await makeSource(ann, 'source.bin', BYTES);
    await offerTo(ann, ben, 'source.bin');
    await collect(ann);
    await collect(ben);
    await acceptFirst(ben);
    await Promise.all([ann, ben].map((page) => waitForStatus(page, 'done', PATIENCE_MS)));
  });
});
