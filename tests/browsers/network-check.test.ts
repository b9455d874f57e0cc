// The check before a call, against a real room and a real coturn: what it says, and what it leaves behind.
import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';

import type { NetworkReport } from '@rtc-elements/core';
import type { Browser, Page } from 'puppeteer-core';

import { issueByCoturn } from '../../party/src/ice/turn-coturn.js';
import { closeBrowsers, launch, open } from '../support/browsers/launch.js';
import { type Edge, startEdge } from '../support/browsers/edge.js';
import { page as html, type PageServer, servePages } from '../support/browsers/pages.js';
import { countHeld } from '../support/browsers/probe.js';
import { TurnServer } from '../support/servers/turn-server.js';

const SECRET = 'shared-with-coturn';

/** Where the edge room serves the engine. */
const CORE = '/packages/core/dist/cdn/rtc-core.min.js';

let turn: TurnServer;
/** Takes what comes and never answers. */
let deaf: Socket;
let edge: Edge;
/** One whose rooms name the relay themselves. */
let relayed: Edge;
let site: PageServer;

before(async () => {
  turn = await TurnServer.start(SECRET);
  const { username, credential } = await pass();
  // Once it answers here, it is up.
  assert.equal(await turn.allocate(username, credential), 'allocated');
  deaf = createSocket('udp4').bind(0, '127.0.0.1');
  await once(deaf, 'listening');
  edge = await startEdge();
  relayed = await startEdge({
    TURN_PROVIDER: 'coturn',
    TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=udp`,
    TURN_SECRET: SECRET,
  });
  site = await servePages({ pages: { '/': html(CORE, '') }, behind: edge.url });
});

after(async () => {
  await closeBrowsers();
  await site?.close();
  await relayed?.close();
  await edge?.close();
  deaf?.close();
  await turn?.stop();
});

async function pass(): Promise<{ username: string; credential: string }> {
  const settings = {
    kind: 'coturn',
    urls: ['turn:127.0.0.1'],
    secret: SECRET,
    ttlSeconds: 600,
  } as const;
  const { iceServers } = await issueByCoturn(settings, 'somebody', Date.now());
  const { username = '', credential = '' } = iceServers.at(-1) ?? {};
  return { username, credential };
}

/** What the page's own `checkNetwork()` says; the code of its error, where it is taken back at once. */
const check = (
  page: Page,
  iceServers: readonly object[],
  { host = site.url, isTakenBack = false } = {},
): Promise<NetworkReport> =>
  page.evaluate(
    async (path, options, isOver) => {
      const { checkNetwork } = await import(path);
      const stop = new AbortController();
      const report = checkNetwork({ room: 'checked', ...options, signal: stop.signal });
      if (isOver) stop.abort();
      return report.catch((error: { code: string }) => error.code);
    },
    CORE,
    { host, iceServers },
    isTakenBack,
  );

for (const name of ['chromium', 'firefox'] as const) {
  describe(`the check of a network in ${name}`, () => {
    let browser: Browser;
    let page: Page;
    before(async () => {
      browser = await launch(name);
      page = await open(browser, site.url);
    });

    it('reaches the room and a relay both ways, and measures what it carries', async () => {
      const urls = ['udp', 'tcp'].map((way) => `turn:127.0.0.1:${turn.port}?transport=${way}`);
      const report = await check(page, [{ urls, ...(await pass()) }]);
      assert.equal(report.room.isReachable, true);
      assert.ok((report.room.rttMs ?? -1) >= 0);
      assert.deepEqual(
        report.servers.map(({ transport, isReachable, problem }) => [
          transport,
          isReachable,
          problem,
        ]),
        [
          ['udp', true, null],
          ['tcp', true, null],
        ],
      );
      assert.equal(report.relay?.url, urls[0]);
      assert.ok((report.relay?.bps ?? 0) > 0);
    });

    it('[EN-9] reaches the relay that the room names, and nobody comes in for that', async () => {
      const own = `turn:127.0.0.1:${deaf.address().port}?transport=udp`;
      const named = [{ urls: own, username: 'a', credential: 'b' }];
      const { servers, relay } = await check(page, named, { host: relayed.url });
      const url = `turn:127.0.0.1:${turn.port}?transport=udp`;
      assert.deepEqual(
        servers.map((server) => [server.url, server.isReachable || server.problem]),
        [
          [url, true],
          [own, 'unreachable'],
        ],
      );
      assert.equal(relay?.url, url);
      assert.ok((relay?.bps ?? 0) > 0);
      const people = await fetch(`${relayed.url}/parties/room/checked/people`);
      assert.deepEqual(await people.json(), { count: 0, names: [], inCall: 0, meshMembers: 8 });
    });

    it('says of each server what is wrong with it', async () => {
      const relay = `turn:127.0.0.1:${turn.port}?transport=udp`;
      const silent = `127.0.0.1:${deaf.address().port}`;
      const {
        servers,
        relay: carried,
        quality,
      } = await check(page, [
        { urls: relay, username: '1:nobody', credential: 'wrong' },
        { urls: `turn:${silent}?transport=udp`, username: 'a', credential: 'b' },
        { urls: 'http://example.com' },
        { urls: relay },
      ]);
      assert.deepEqual(
        servers.map(({ problem }) => problem),
        ['refused', 'unreachable', 'invalid', 'invalid'],
      );
      assert.equal(carried, null);
      assert.notEqual(quality, 'good');
    });

    it('leaves no connection and no socket open, whether it ends or is taken back', async () => {
      assert.equal(
        await check(page, [{ urls: 'stun:127.0.0.1:9' }], { isTakenBack: true }),
        'aborted',
      );
      assert.ok((await page.evaluate(() => window.probe.connections.length)) > 4);
      const { connections, sockets } = await countHeld(page);
      assert.deepEqual({ connections, sockets }, { connections: 0, sockets: 0 });
      const people = await fetch(`${edge.url}/parties/room/checked/people`);
      assert.deepEqual(await people.json(), { count: 0, names: [], inCall: 0, meshMembers: 8 });
    });
  });
}
