/** A lab with everything in it: the servers' host, and two hosts with a browser each. */
import { loadavg } from 'node:os';

import type { Browser, Page } from 'puppeteer-core';

import { type BrowserName, open } from '../browsers/launch.js';
import { launchOn } from './browser.js';
import { type FaultHost, FaultNet } from './net.js';
import { type FaultServer, FaultTurn, startServer, TURN_SECRET } from './server.js';
import { firstFrame, installWatch, pathOf } from './watch.js';

/** Lasts as long as a fault: what it waits for is the time itself. */
export const hold = (ms: number): Promise<void> => new Promise((end) => setTimeout(end, ms));

/** Two pages in a call with each other. */
export type Pair = readonly [Page, Page];

/** A line of the table at the end. */
interface Figure {
  readonly scenario: string;
  readonly outcome: string;
  readonly connectedMs?: number;
  readonly backMs?: readonly number[];
}

export interface LabOptions {
  readonly browsers?: readonly [BrowserName, BrowserName];
  readonly turns?: number;
  /** Over which the pages may speak to TURN servers. */
  readonly transports?: readonly ('udp' | 'tcp')[];
  /** Makes servers of the test's own on further hosts, before the room starts. */
  readonly prepare?: (net: FaultNet) => Promise<void>;
  /** Variables of the deployment. */
  readonly vars?: Readonly<Record<string, string>>;
}

/** For a page to come up while the machine starts everything at once. */
const PATIENCE_MS = 40_000;

const FIRST_TURN_PORT = 3_478;

export class FaultLab {
  readonly net: FaultNet;
  readonly servers: FaultHost;
  readonly hosts: readonly [FaultHost, FaultHost];
  readonly turns: readonly FaultTurn[];
  readonly #options: LabOptions;
  readonly #figures: Figure[] = [];
  #browsers: readonly Browser[] = [];
  #server: FaultServer | null = null;
  #rooms = 0;

  private constructor(options: LabOptions) {
    this.#options = options;
    this.net = new FaultNet();
    this.servers = this.net.addHost('servers');
    this.hosts = [this.net.addHost('a'), this.net.addHost('b')];
    const ports = Array.from({ length: options.turns ?? 1 }, (_, at) => FIRST_TURN_PORT + at * 100);
    this.turns = ports.map((port) => new FaultTurn(this.servers, port));
  }

  static async start(options: LabOptions = {}): Promise<FaultLab> {
    const lab = new FaultLab(options);
    try {
      await lab.#start();
    } catch (cause) {
      await lab.close();
      throw cause;
    }
    return lab;
  }

  /** Two pages in a room of their own, once each sees the other; `attributes` of `<rtc-room>`. */
  async call(attributes: Readonly<Record<string, string>> = {}): Promise<Pair> {
    this.#rooms += 1;
    const pair = await this.visit({ room: `fault-${this.#rooms}`, ...attributes }, installWatch);
    await Promise.all(pair.map((page) => firstFrame(page, PATIENCE_MS)));
    return pair;
  }

  /** Two pages that join, one after the other; `install` runs before anything of theirs. */
  async visit(attributes: Readonly<Record<string, string>>, install: () => void): Promise<Pair> {
    return [await this.enter(0, attributes, install), await this.enter(1, attributes, install)];
  }

  /** A page of somebody new on the host `at`; there may be several. */
  enter(
    at: 0 | 1,
    attributes: Readonly<Record<string, string>>,
    install: () => void,
  ): Promise<Page> {
    const query = new URLSearchParams({ name: `Person ${at}`, ...attributes }).toString();
    const options = { before: install, patienceMs: PATIENCE_MS };
    return open(this.#browsers[at] as Browser, `${this.#url}/call?${query}`, options);
  }

  /** Closes the pages of a call, and the contexts that each has for itself. */
  async end(pair: Pair): Promise<void> {
    await Promise.all(pair.map((page) => page.browserContext().close()));
  }

  /** After each test, also a failed one: nothing of it is left for the next. */
  async calm(): Promise<void> {
    this.net.heal();
    const contexts = this.#browsers.flatMap((browser) => browser.browserContexts());
    const own = contexts.filter((one) => one !== one.browser().defaultBrowserContext());
    await Promise.all(own.map((context) => context.close()));
  }

  /** Notes a line for the table: how the second page came to its first frame, and what followed. */
  async note(scenario: string, pair: Pair, backMs?: readonly number[]): Promise<void> {
    const [path, connectedMs] = await Promise.all([
      pathOf(pair),
      pair[1].evaluate(() => window.watch.firstFrameAt - performance.timeOrigin),
    ]);
    this.#figures.push({ scenario, outcome: path, connectedMs, ...(backMs && { backMs }) });
  }

  async close(): Promise<void> {
    this.#print();
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    await this.#server?.close();
    await Promise.all(this.turns.map((turn) => turn.kill()));
    this.net.close();
  }

  get #url(): string {
    if (!this.#server) throw new Error('the servers of the lab have not started');
    return this.#server.url;
  }

  async #start(): Promise<void> {
    const {
      browsers = ['chromium', 'chromium'],
      transports = ['udp', 'tcp'],
      vars,
    } = this.#options;
    await this.#options.prepare?.(this.net);
    await Promise.all(this.turns.map((turn) => turn.untilReady()));
    this.#server = await startServer(this.servers, {
      TURN_PROVIDER: 'coturn',
      TURN_URLS: this.turns.map((turn) => turn.urls(...transports)).join(','),
      TURN_SECRET,
      ...vars,
    });
    this.#browsers = await Promise.all(
      this.hosts.map((host, at) => launchOn(host, browsers[at] ?? 'chromium', this.#url)),
    );
  }

  #print(): void {
    if (this.#figures.length === 0) return;
    const browsers = (this.#options.browsers ?? ['chromium', 'chromium']).join('+');
    const rows = this.#figures.map(({ scenario, outcome, connectedMs, backMs }) => [
      scenario,
      browsers,
      outcome,
      connectedMs === undefined ? '' : seconds(connectedMs),
      (backMs ?? []).map(seconds).join(' '),
    ]);
    const head = ['scenario', 'browsers', 'path', 'first frame', 'back after'];
    const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
    for (const row of [head, ...rows]) {
      console.log(row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | '));
    }
    console.log(
      `load average: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
