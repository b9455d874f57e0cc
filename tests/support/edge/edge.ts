/**
 * The real edge room on this machine, under either host: `wrangler dev` or `partykit dev` with a port
 * and a storage folder of its own, ended with everything it started.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { setInterval } from 'node:timers/promises';

import { partykitWords } from '../../../scripts/support/partykit-server.mjs';
import { killChild, startChild } from '../servers/children.js';
import { findFreePort } from '../servers/free-port.js';

const START_MS = 60_000;
const ASK_EVERY_MS = 100;
const ANSWER_MS = 5_000;

const ALL_HOSTS = ['partyserver', 'partykit'] as const;
export type Host = (typeof ALL_HOSTS)[number];

/** Where a room may live; with `TEST_HOSTS=partyserver`, the one that tests should run on. */
export const HOSTS: readonly Host[] = ALL_HOSTS.filter(
  (host) => process.env['TEST_HOSTS']?.split(',').includes(host) ?? true,
);

/** The same tests on every host, each named in the title. `together`: they mostly wait. */
export function forEachHost(
  title: string,
  tests: (host: Host) => void,
  { together = false } = {},
): void {
  describe(title, { concurrency: together ? HOSTS.length : 1 }, () => {
    for (const host of HOSTS) describe(`on ${host}`, { concurrency: 1 }, () => tests(host));
  });
}

export interface EdgeOptions {
  /** Default: PartyServer. */
  readonly host?: Host;
  /** The room as it once was built, from a folder of `tests/fixtures`. Default: the present source. */
  readonly build?: string;
  /** The folder of the rooms' storage, which is the caller's to remove. Default: one that goes with the edge. */
  readonly storage?: string;
  /** Variables of the deployment. */
  readonly vars?: Readonly<Record<string, string>>;
}

/** A running edge room. */
export class Edge {
  readonly port: number;
  /** Everything it printed. */
  log = '';
  readonly #storage: string;
  readonly #options: EdgeOptions;
  #process: ChildProcess | null = null;

  private constructor(port: number, storage: string, options: EdgeOptions) {
    this.port = port;
    this.#storage = storage;
    this.#options = options;
  }

  /** Starts one, and resolves once it answers. */
  static async start(options: EdgeOptions = {}): Promise<Edge> {
    const storage = options.storage ?? mkdtempSync(join(tmpdir(), 'rtc-edge-'));
    const edge = new Edge(await findFreePort(), storage, options);
    await edge.restart();
    return edge;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The lines logged under `event`, without what wrangler puts around warnings and errors. */
  logged(event: string): string[] {
    const line = new RegExp(`\\{"event":"${event}".*\\}`);
    return this.log.split('\n').flatMap((text) => line.exec(text) ?? []);
  }

  /** The first line logged under `event`: it may come later than the answer that it is about. */
  async nextLogged(event: string): Promise<string> {
    const deadline = Date.now() + ANSWER_MS;
    for await (const _ of setInterval(ASK_EVERY_MS)) {
      const [line] = this.logged(event);
      if (line !== undefined) return line;
      if (Date.now() > deadline) break;
    }
    throw new Error(`nothing was logged under ${event}:\n${this.log}`);
  }

  /**
   * The same of what is logged once for each start. PartyKit may lose what is logged in its first
   * moments, when the machine is busy; the next start says it again.
   */
  async loggedAtStart(event: string, starts = 3): Promise<string> {
    try {
      return await this.nextLogged(event);
    } catch (cause) {
      if (starts <= 1) throw cause;
      await this.kill();
      await this.restart();
      return this.loggedAtStart(event, starts - 1);
    }
  }

  /** The same for the lines with `part` in them, once there is one: a log lags behind the sockets. */
  async untilLogged(event: string, part: string): Promise<string[]> {
    const deadline = Date.now() + ANSWER_MS;
    for await (const _ of setInterval(ASK_EVERY_MS)) {
      const lines = this.logged(event).filter((line) => line.includes(part));
      if (lines.length > 0) return lines;
      if (Date.now() > deadline) break;
    }
    throw new Error(`nothing was logged of ${event} with ${part}`);
  }

  /** Starts again on the same port and storage. */
  async restart(): Promise<void> {
    const child = startChild(process.execPath, this.#words(), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CI: '1',
        NO_COLOR: '1',
        // Neither figures of use nor a look at where we are: nothing leaves the machine.
        WRANGLER_SEND_METRICS: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => (this.log += String(data)));
    }
    this.#process = child;
    await this.#untilHealthy(child);
  }

  /** SIGKILL to everything: no goodbye to any socket, no time to write. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child) await killChild(child);
  }

  /** Ends it, storage included. */
  async stop(): Promise<void> {
    await this.kill();
    if (this.#options.storage !== undefined) return;
    rmSync(this.#storage, { recursive: true, force: true, maxRetries: 5 });
  }

  #words(): string[] {
    const { host = 'partyserver', build, vars = {} } = this.#options;
    const isPartyKit = host === 'partykit';
    const settings = Object.entries(vars).flatMap(([name, value]) => [
      '--var',
      `${name}${isPartyKit ? '=' : ':'}${value}`,
    ]);
    if (build) {
      const config = isPartyKit ? 'partykit.json' : 'wrangler.json';
      settings.push('--config', `tests/fixtures/${build}/${config}`);
    }
    if (isPartyKit) return [...partykitWords(this.port, this.#storage), ...settings];
    // Static files of its own, as wrangler restarts the room when those of a build change.
    const assets = join(this.#storage, 'site');
    mkdirSync(assets, { recursive: true });
    const words = ['node_modules/wrangler/bin/wrangler.js', 'dev', '--local', '--ip', '127.0.0.1'];
    words.push('--port', String(this.port), '--inspector-port', '0', '--assets', assets);
    // What a developer has in .dev.vars is not for tests.
    const envFile = join(this.#storage, 'no-vars');
    writeFileSync(envFile, '');
    words.push('--env-file', envFile, '--persist-to', this.#storage);
    return [...words, ...settings];
  }

  async #untilHealthy(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_MS;
    for await (const _ of setInterval(ASK_EVERY_MS)) {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await fetch(`${this.origin}/health`, { signal }).catch(() => null);
      if (response) return;
      if (child.exitCode !== null || Date.now() > deadline) break;
    }
    await this.kill();
    throw new Error(`the edge room did not start:\n${this.log}`);
  }
}

/** Time without a frame after which every room of an edge sleeps. Nothing tells that it does. */
const SLEEP_MS = 15_000;

/** Leaves all rooms alone until they sleep. */
export const asleep = (): Promise<void> => new Promise((next) => setTimeout(next, SLEEP_MS));
