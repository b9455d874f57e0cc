/** The projects of `tests/frameworks/projects`, installed from packed packages, type-checked, built and served. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';

import { npm, npmMeanwhile } from '../../../scripts/support/npm.mjs';
import { pinnedNode, root } from '../../../scripts/support/run.mjs';
import { killChild, startChild } from '../servers/children.js';
import { findFreePort } from '../servers/free-port.js';
import { serveFolder, type Served } from './serve-folder.js';

const PACKAGES = ['packages/protocol', 'packages/core', 'packages/elements'];

/** What builds and serves a project, and what checks its types, by the file in `node_modules`. */
const TOOLS = {
  vite: 'vite/bin/vite.js',
  next: 'next/dist/bin/next',
  tsc: 'typescript/bin/tsc',
  'vue-tsc': 'vue-tsc/bin/vue-tsc.js',
  'svelte-check': 'svelte-check/bin/svelte-check',
};

const RUN_LIMIT_MS = 120_000;
const START_LIMIT_MS = 60_000;
const ASK_EVERY_MS = 100;

export interface ProjectOptions {
  /** Folder of `tests/frameworks/projects`. */
  readonly name: string;
  /** What builds and serves it; default: nothing. */
  readonly tool?: 'vite' | 'next';
  /** What checks its types, with the words for each run. */
  readonly types?: readonly (readonly [tool: keyof typeof TOOLS, ...words: string[]])[];
  /** Packages of this repository beside those of the elements, by folder. */
  readonly packages?: readonly string[];
  /** A script of the project that is run before it is served. */
  readonly script?: string;
  /** Further words for the build. */
  readonly build?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const packs = new Map<string, string>();
const packFolder = mkdtempSync(join(tmpdir(), 'rtc-packs-'));
process.once('exit', () => rmSync(packFolder, { recursive: true, force: true }));

/** The packed package of a folder, as it was built. */
function packOf(folder: string): string {
  const known = packs.get(folder);
  if (known) return known;
  process.env['RTC_IS_BUILT'] = '1';
  const words = ['pack', '--silent', '--pack-destination', packFolder];
  const pack = join(packFolder, npm(words, join(root, folder)).trim());
  packs.set(folder, pack);
  return pack;
}

/** A copy of a project, in a folder of its own. */
export class Project {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rtc-project-'));
  readonly #options: ProjectOptions;
  #types = Promise.resolve();

  get folder(): string {
    return this.#folder;
  }

  constructor(options: ProjectOptions) {
    this.#options = options;
    cpSync(join(root, 'tests/frameworks/projects', options.name), this.#folder, {
      recursive: true,
    });
  }

  /** Installs and builds it, and begins to check its types, which nothing has to wait for. */
  async prepare(): Promise<this> {
    try {
      await this.#prepare();
      return this;
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  async #prepare(): Promise<void> {
    const { tool, script, build = [], packages = [] } = this.#options;
    const packs = [...PACKAGES, ...packages].map(packOf);
    // The framework comes from npm's cache, once it is there.
    const words = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...packs];
    await npmMeanwhile(['install', ...words], this.#folder);
    if (script) await npmMeanwhile(['run', '--silent', script], this.#folder);
    this.#types = this.#checkTypes();
    this.#types.catch(() => undefined);
    if (tool) await this.#run(tool, ['build', ...build]);
  }

  /** Resolves once its types have been checked; rejects with what is wrong. */
  get types(): Promise<void> {
    return this.#types;
  }

  async #checkTypes(): Promise<void> {
    for (const [tool, ...words] of this.#options.types ?? []) await this.#run(tool, words);
  }

  async #run(tool: keyof typeof TOOLS, words: readonly string[]): Promise<void> {
    const { child, log } = this.#start(tool, words);
    const timer = setTimeout(() => child.kill('SIGKILL'), RUN_LIMIT_MS);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    if (code !== 0) throw new Error(`${tool} of ${this.#options.name} failed:\n${log()}`);
  }

  /** Serves it on loopback: by the command of its tool, or else its files. Resolves once it answers. */
  async serve(command: 'preview' | 'start' = 'preview'): Promise<Served> {
    const { tool } = this.#options;
    if (!tool) return serveFolder(this.#folder);
    const port = await findFreePort();
    const host = tool === 'vite' ? '--host' : '--hostname';
    const server = this.#start(tool, [command, host, '127.0.0.1', '--port', String(port)]);
    const url = `http://127.0.0.1:${port}`;
    const deadline = performance.now() + START_LIMIT_MS;
    for await (const _ of setInterval(ASK_EVERY_MS)) {
      if (await fetch(url).catch(() => null)) return { url, close: () => killChild(server.child) };
      if (server.child.exitCode !== null || performance.now() > deadline) break;
    }
    throw new Error(`${this.#options.name} was not served:\n${server.log()}`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #start(
    tool: keyof typeof TOOLS,
    words: readonly string[],
  ): { readonly child: ChildProcess; readonly log: () => string } {
    const { env } = this.#options;
    let log = '';
    const child = startChild(
      pinnedNode,
      [join(this.#folder, 'node_modules', TOOLS[tool]), ...words],
      {
        cwd: this.#folder,
        env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data) => (log += String(data)));
    return { child, log: () => log };
  }
}
