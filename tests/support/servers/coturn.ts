/** coturn as a child of the tests, on loopback or in a network namespace of the fault lab. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { COTURN } from '../../../scripts/support/known-programs.mjs';
import { requirePrograms } from '../../../scripts/support/programs.mjs';
import { killChild, startChild } from './children.js';

/** Where and how it runs, whatever its settings are. */
interface CoturnPlace {
  /** The network namespace to run in. Default: the one of the tests. */
  readonly netns?: string;
  /** Further arguments. */
  readonly words?: readonly string[];
}

export interface CoturnOptions extends CoturnPlace {
  readonly address: string;
  readonly port: number;
  /** The shared secret (`use-auth-secret`); it knows no user by name. */
  readonly secret: string;
}

/** One that gets its settings from a configuration file, and nothing beside. */
export interface ConfiguredCoturn extends CoturnPlace {
  /** The text of its `turnserver.conf`. */
  readonly conf: string;
}

const READY_LIMIT_MS = 20_000;
const READY_POLL_MS = 20;

export class Coturn {
  /** Everything it printed. */
  log = '';
  readonly #process: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'rtc-turn-'));

  constructor(options: CoturnOptions | ConfiguredCoturn) {
    const { netns, words = [] } = options;
    const [path = ''] = requirePrograms([COTURN]);
    const inside = netns ? ['ip', 'netns', 'exec', netns] : [];
    const [command = '', ...rest] = [
      ...inside,
      path,
      ...('conf' in options ? this.#wordsFor(options) : wordsOf(options)),
      '--log-file=stdout',
      ...[`--userdb=${join(this.#folder, 'users')}`, `--pidfile=${join(this.#folder, 'pid')}`],
      ...words,
    ];
    this.#process = startChild(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (data) => (this.log += String(data)));
    }
  }

  /** Resolves once `isReady` does so with `true`; rejects with the log when it ends before or is late. */
  async untilReady(isReady: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + READY_LIMIT_MS;
    while (!(await isReady())) {
      const { exitCode, signalCode } = this.#process;
      if (exitCode !== null || signalCode !== null || performance.now() > deadline) {
        await this.kill();
        throw new Error(`coturn did not start:\n${this.log}`);
      }
      await new Promise((next) => setTimeout(next, READY_POLL_MS));
    }
  }

  #wordsFor({ conf }: ConfiguredCoturn): readonly string[] {
    const path = join(this.#folder, 'turnserver.conf');
    writeFileSync(path, conf);
    return ['-c', path];
  }

  /** SIGKILL: no word to anybody whose media it carries. */
  async kill(): Promise<void> {
    await killChild(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const wordsOf = ({ address, port, secret }: CoturnOptions): readonly string[] => [
  ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--fingerprint'],
  ...[`--listening-ip=${address}`, `--relay-ip=${address}`, `--listening-port=${port}`],
  ...['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=rtc.test'],
];
