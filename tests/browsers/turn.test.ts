// Calls that pass a real coturn, by credentials that the room mints and that do not last.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';

import type { Browser, Page } from 'puppeteer-core';

import { issueByCoturn } from '../../party/src/ice/turn-coturn.js';
import { closeBrowsers, launch, open, until } from '../support/browsers/launch.js';
import { startEdge } from '../support/browsers/edge.js';
import {
  page as html,
  type PageServer,
  roomTag,
  SCRIPT,
  servePages,
} from '../support/browsers/pages.js';
import { readInbound, waitForMedia } from '../support/browsers/probe.js';
import { TurnServer } from '../support/servers/turn-server.js';

const SECRET = 'shared-with-coturn';
/** The shortest that a deployment can choose. */
const TTL_SECONDS = 10;

/** What the page was told by `rtc-error`, in order. */
interface ToldWindow {
  told?: string[];
}

const listen = (): void => {
  addEventListener('rtc-error', (event) => {
    ((window as ToldWindow).told ??= []).push((event as Event & { code: string }).code);
  });
};

let turn: TurnServer;
/** Closed in the end, whatever became of the test. */
const opened: { close(): Promise<void> }[] = [];
let browser: Browser;
before(async () => {
  turn = await TurnServer.start(SECRET);
  browser = await launch('chromium');
});
after(async () => {
  await closeBrowsers();
  for (const one of opened.reverse()) await one.close();
  await turn?.stop();
});

const turnUrl = (): string => `turn:127.0.0.1:${turn.port}?transport=udp`;

/** A page that is in a call by relay at once, before an edge of its own. */
async function serve(vars: Readonly<Record<string, string>>): Promise<PageServer> {
  const edge = await startEdge(vars);
  opened.push(edge);
  const pages = { '/': html(SCRIPT, roomTag({ room: 'relayed', privacy: 'relay' })) };
  const site = await servePages({ pages, behind: edge.url });
  opened.push(site);
  return site;
}

const visit = (site: PageServer): Promise<Page> => open(browser, site.url, { before: listen });

/** The credentials that the page's open connection has now. */
const userOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const [link] = window.probe.connections.filter((one) => one.connectionState !== 'closed');
    const servers = link?.getConfiguration().iceServers ?? [];
    return servers.find(({ username }) => username)?.username ?? '';
  });

/** The kinds of all candidates of a page's own connections, as their descriptions say. */
const kindsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const said = window.probe.connections
      .filter((link) => link.connectionState !== 'closed')
      .map((link) => link.localDescription?.sdp ?? '')
      .join();
    return [...new Set([...said.matchAll(/ typ (\w+)/g)].map(([, kind]) => kind ?? ''))];
  });

const ufragOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const [link] = window.probe.connections.filter((one) => one.connectionState !== 'closed');
    return /a=ice-ufrag:\S+/.exec(link?.localDescription?.sdp ?? '')?.[0] ?? 'none';
  });

const untilPast = (page: Page, username: string): Promise<void> =>
  until(
    page,
    'past the end of the credentials',
    (seconds: number) => Date.now() / 1_000 > seconds,
    [Number(username.split(':')[0])],
  );

describe('a call by relay alone', () => {
  it('[EN-8] 23: outlives its credentials, and restarts with fresh ones', async () => {
    const site = await serve({
      TURN_PROVIDER: 'coturn',
      TURN_URLS: turnUrl(),
      TURN_SECRET: SECRET,
      TURN_TTL_SECONDS: String(TTL_SECONDS),
    });
    const pages = [await visit(site), await visit(site)] as const;
    await Promise.all(pages.map((page) => waitForMedia(page, 1)));
    for (const page of pages) assert.deepEqual(await kindsOf(page), ['relay']);

    const [a] = pages;
    const first = await userOf(a);
    await until(
      a,
      'fresh credentials',
      (old: string) =>
        window.probe.connections
          .filter((one) => one.connectionState !== 'closed')
          .some((one) =>
            one.getConfiguration().iceServers?.some(({ username }) => username && username !== old),
          ),
      [first],
    );
    await untilPast(a, first);
    const before = await readInbound(a);
    const ufrag = await ufragOf(a);
    await a.evaluate(() => {
      for (const one of window.probe.connections) {
        if (one.connectionState !== 'closed') one.restartIce();
      }
    });
    await until(
      a,
      'media after the restart',
      async (frames: number, old: string) => {
        const link = window.probe.connections.find((one) => one.connectionState !== 'closed');
        if (!link || link.localDescription?.sdp.includes(old)) return false;
        const stats = [...(await link.getStats()).values()];
        const now = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
        return (now?.framesDecoded ?? 0) > frames + 10;
      },
      [before[0]?.frames ?? 0, ufrag],
    );
    assert.deepEqual(await kindsOf(a), ['relay']);
    const told = await a.evaluate(() => (window as ToldWindow).told ?? []);
    assert.deepEqual(told, []);
    await Promise.all(pages.map((page) => page.close()));
  });
});

describe('credentials that have expired before the join', () => {
  let api: Server;
  let asked = 0;
  before(async () => {
    // The first pages are given what is over already, whoever asks again what holds.
    api = createServer((request, response) => {
      request.resume();
      asked += 1;
      const ago = asked <= 2 ? 3_600_000 : 0;
      const settings = {
        kind: 'coturn',
        urls: [turnUrl()],
        secret: SECRET,
        ttlSeconds: 600,
      } as const;
      void issueByCoturn(settings, 'somebody', Date.now() - ago).then(({ iceServers }) => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ iceServers }));
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => api.once('listening', resolve));
  });
  after(() => new Promise((resolve) => api.close(resolve)));

  it('[EN-8] 22: are told as a typed error, asked for anew, and the call comes about', async () => {
    const site = await serve({
      TURN_PROVIDER: 'cloudflare',
      TURN_KEY_ID: 'key',
      TURN_KEY_TOKEN: 'token',
      TURN_TTL_SECONDS: '600',
      TURN_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    });
    const pages = [await visit(site), await visit(site)] as const;
    await Promise.all(pages.map((page) => waitForMedia(page, 1, 30_000)));
    for (const page of pages) {
      const told = await page.evaluate(() => (window as ToldWindow).told ?? []);
      assert.deepEqual([...new Set(told)], ['turn-refused']);
      assert.deepEqual(await kindsOf(page), ['relay']);
    }
    assert.ok(asked >= 4, `asked ${asked} times`);
    await Promise.all(pages.map((page) => page.close()));
  });
});
