// The page in the guide for deploying, on a site of somebody else's.
import { after, before, describe, it } from 'node:test';

import type { Browser } from 'puppeteer-core';

import { type Edge, startEdge } from '../support/browsers/edge.js';
import { joinFromLobby } from '../support/browsers/hands.js';
import { closeBrowsers, launch, open } from '../support/browsers/launch.js';
import { type PageServer, servePages } from '../support/browsers/pages.js';
import { snippet, substitute } from '../support/guide.js';

let edge: Edge;
let site: PageServer;
let browser: Browser;

before(async () => {
  edge = await startEdge();
  const body = substitute(snippet('deploy', 'Each time', 'html'), {
    'https://rtc-elements.<you>.workers.dev': edge.url,
    'rtc-elements.<you>.workers.dev': edge.url,
  });
  const html = `<!doctype html><html lang="en"><title>Elsewhere</title><body>${body}</body></html>`;
  site = await servePages({ pages: { '/': html } });
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
});
