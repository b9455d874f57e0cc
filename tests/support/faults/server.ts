/**
 * What runs on the servers' host of the fault lab: the edge room, before it a page that is a call at
 * once, and coturn, each in the network namespace of that host.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { startChild } from '../servers/children.js';
import { Coturn } from '../servers/coturn.js';
import type { FaultHost } from './net.js';

const execute = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('./server-child.ts', import.meta.url));

/** Shared by the edge room and coturn. */
export const TURN_SECRET = 'shared-with-coturn';

/** An edge room with pages. */
export interface FaultServer {
  /** Origin of the pages and the room. */
  readonly url: string;
  close(): Promise<void>;
}

/** `vars`: variables of the deployment. */
export async function startServer(
  { netns, address }: FaultHost,
  vars: Readonly<Record<string, string>>,
): Promise<FaultServer> {
  const hooks = ['--conditions=@rtc-elements/source', '--import=./scripts/ts-hooks.mjs'];
  const words = [process.execPath, ...hooks, PROGRAM, address, JSON.stringify(vars)];
  // It must not take itself for a test file of the runner that started it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = startChild('ip', ['netns', 'exec', netns, ...words], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', () => reject(new Error('the servers of the lab did not start')));
  });
  return {
    url,
    close: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** What may differ from a TURN server that works; `secret`: the one that it shares with the room. */
export interface FaultTurnOptions {
  readonly secret?: string;
  readonly words?: readonly string[];
}

/** coturn on a host of the lab: addresses that are not loopback, so no exceptions are needed. */
export class FaultTurn {
  readonly #host: FaultHost;
  readonly #port: number;
  readonly #coturn: Coturn;

  constructor(
    host: FaultHost,
    port = 3_478,
    { secret = TURN_SECRET, words: more = [] }: FaultTurnOptions = {},
  ) {
    this.#host = host;
    this.#port = port;
    // Two of them on one host must not hand out the same ports.
    const words = [`--min-port=${port * 10}`, `--max-port=${port * 10 + 999}`, ...more];
    this.#coturn = new Coturn({ ...host, port, secret, words });
  }

  /** Resolves once it listens. */
  untilReady(): Promise<void> {
    const words = ['netns', 'exec', this.#host.netns, 'ss', '-Hltn', `sport = ${this.#port}`];
    // It binds its port of UDP first.
    return this.#coturn.untilReady(async () => {
      const { stdout } = await execute('ip', words);
      return stdout.trim() !== '';
    });
  }

  /** Its addresses for `TURN_URLS`, over these transports. */
  urls(...transports: readonly ('udp' | 'tcp')[]): string {
    const at = `turn:${this.#host.address}:${this.#port}`;
    return transports.map((transport) => `${at}?transport=${transport}`).join(',');
  }

  /** What comes to it over TCP, in the words of nft. */
  get tcp(): string {
    return `ip daddr ${this.#host.address} tcp dport ${this.#port}`;
  }

  /** SIGKILL: no word to anybody whose media it carries. */
  kill(): Promise<void> {
    return this.#coturn.kill();
  }
}
