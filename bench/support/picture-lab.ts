/** Two people with a browser process each, and the servers of all ways, on a network with delay. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Browser, Page } from 'puppeteer-core';

import { obstacleToFaultLab } from '../../scripts/support/fault-lab.mjs';
import { startChild } from '../../tests/support/servers/children.js';
import { launchOn } from '../../tests/support/faults/browser.js';
import { FaultNet } from '../../tests/support/faults/net.js';
import { makeCertificate } from './certificate.js';
import { type FetchedScript, installStopwatch } from './picture-page.js';
import type { Load, Sample } from './picture-report.js';
import type { Order, Sites } from './picture-server.js';

/** `id`: part of the names of rooms. `oneWayMs`: between any two machines. `kbit`: what the line to the visitor carries a second. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly oneWayMs: number;
  readonly kbit?: number;
  readonly secure?: boolean;
}

/** A way to make the same call. */
export interface Way {
  readonly name: string;
  /** Of its page. */
  readonly path: string;
  /** The label of a build of ours. */
  readonly build?: string;
  /** Files of the part that looks after the call: one of each list has to be there. */
  readonly background?: readonly (readonly string[])[];
}

const PROGRAM = fileURLToPath(new URL('./picture-server.ts', import.meta.url));

/** For a picture, or for the first person to be in, on a machine that is busy. */
const PATIENCE_MS = 30_000;
/**
 * Without a request of the first person: they have been there for a while, as those who send a link have.
 * LiveKit's server answers for half a second longer when their encodings are not all sent yet.
 */
const CALM_MS = 5_000;
/** What looks after a call comes within seconds of it, or does not come by itself. */
const BACKGROUND_MS = 8_000;
/** Without a request of the visitor: everything that comes by itself has come. */
const REST_MS = 500;

export class PictureLab {
  readonly #net: FaultNet;
  readonly #site: string;
  readonly #browsers: readonly [Browser, Browser];

  private constructor(net: FaultNet, site: string, browsers: readonly [Browser, Browser]) {
    this.#net = net;
    this.#site = site;
    this.#browsers = browsers;
  }

  static async start(row: Row, builds: Order['builds']): Promise<PictureLab> {
    const obstacle = obstacleToFaultLab();
    if (obstacle) throw new Error(`This bench needs networks of its own: ${obstacle}.`);
    const net = new FaultNet();
    try {
      const servers = net.addHost('servers');
      const [first, second] = [net.addHost('first'), net.addHost('second')];
      const certificate = makeCertificate(servers.address);
      const sites = await startServers(servers.netns, {
        address: servers.address,
        builds,
        certificate,
      });
      const site = row.secure ? sites.secure : sites.plain;
      const args = ['--ignore-certificate-errors'];
      const browsers = await Promise.all([
        launchOn(first, 'chromium', site, args),
        launchOn(second, 'chromium', site, args),
      ]);
      await net.delay(row.oneWayMs);
      if (row.kbit !== undefined) net.cap(row.kbit, second);
      return new PictureLab(net, site, browsers);
    } catch (cause) {
      net.close();
      throw cause;
    }
  }

  /** A call of two in a room of its own; what the second person waited for. */
  async visit(way: Way, room: string): Promise<Sample> {
    const [first, second] = this.#browsers;
    const query = { room, ...(way.build !== undefined && { build: way.build }) };
    const addressFor = (who: string): string =>
      `${this.#site}${way.path}?${new URLSearchParams({ ...query, who }).toString()}`;
    const host = await openPage(first);
    const visitor = await openPage(second);
    try {
      await host.goto(addressFor('first'));
      await host.waitForFunction(
        () => window.stopwatch.times.answerMs > 0 && window.stopwatch.times.cameraMs > 0,
        { polling: 50, timeout: PATIENCE_MS },
      );
      await host.waitForNetworkIdle({ idleTime: CALM_MS, timeout: PATIENCE_MS });
      await visitor.goto(addressFor('second'), { waitUntil: 'domcontentloaded' });
      return await read(visitor, way);
    } catch (cause) {
      throw new Error(`${way.name}, room ${room}: no picture`, { cause });
    } finally {
      await Promise.all([host, visitor].map((page) => page.browserContext().close()));
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    this.#net.close();
  }
}

async function startServers(netns: string, order: Order): Promise<Sites> {
  const hooks = ['--conditions=@rtc-elements/source', '--import=./scripts/ts-hooks.mjs'];
  const words = [process.execPath, ...hooks, PROGRAM, JSON.stringify(order)];
  const child = startChild('ip', ['netns', 'exec', netns, ...words], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(() => {
    throw new Error('the servers did not start');
  });
  const [sites] = (await Promise.race([once(child, 'message'), failed])) as [Sites];
  failed.catch(() => undefined);
  return sites;
}

/** Of somebody new: nothing in the cache, no connection open. */
async function openPage(browser: Browser): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.evaluateOnNewDocument(installStopwatch);
  return page;
}

async function read(page: Page, { background = [] }: Way): Promise<Sample> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const late = once(patience, 'abort').then(() => {
    throw new Error(`not within ${PATIENCE_MS} ms`);
  });
  late.catch(() => undefined);
  await Promise.race([page.evaluate(() => window.stopwatch.picture), late]);
  await page.waitForFunction(
    (lists: readonly (readonly string[])[]) => {
      const names = window.stopwatch.scripts().map(({ name }) => name);
      return lists.every((list) => list.some((name) => names.includes(name)));
    },
    { polling: 50, timeout: BACKGROUND_MS },
    background,
  );
  await page.waitForNetworkIdle({ idleTime: REST_MS, timeout: PATIENCE_MS });
  const { times, scripts } = await page.evaluate(() => {
    const { stopwatch } = window;
    return { times: stopwatch.times, scripts: stopwatch.scripts() };
  });
  const arrivals = background.map((list) =>
    Math.min(...scripts.filter(({ name }) => list.includes(name)).map(({ endMs }) => endMs)),
  );
  return {
    ...times,
    backgroundMs: arrivals.length > 0 ? Math.max(...arrivals) : null,
    script: {
      untilSocket: weigh(scripts, times.socketMs),
      untilPicture: weigh(scripts, times.pictureMs),
      inAll: weigh(scripts, Infinity),
    },
  };
}

/** What had come by `ms`. */
function weigh(scripts: readonly FetchedScript[], ms: number): Load {
  const there = scripts.filter(({ endMs }) => endMs <= ms);
  const bytes = there.reduce((sum, one) => sum + one.bytes, 0);
  return { kb: bytes / 1_000, requests: there.length };
}
