/**
 * What runs on the servers' host of the fault lab: the edge room, before it a page that is a call at
 * once, and coturn, each in the network namespace of that host.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { requirePrograms } from '../../scripts/support/programs.mjs';
import { killChild, startChild } from './children.js';
import type { FaultHost } from './fault-net.js';
import { COTURN } from './turn-server.js';

const PROGRAM = fileURLToPath(new URL('fault-server-child.ts', import.meta.url));

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

/** coturn on a host of the lab: addresses that are not loopback, so no exceptions are needed. */
export class FaultTurn {
  readonly #address: string;
  readonly #port: number;
  readonly #process: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'rtc-turn-'));

  constructor({ netns, address }: FaultHost, port = 3_478) {
    this.#address = address;
    this.#port = port;
    const [path = ''] = requirePrograms([COTURN]);
    const words = [
      ['-n', '--no-cli', '--no-tls', '--no-dtls', '--fingerprint', '--log-file=stdout'],
      [`--listening-ip=${address}`, `--relay-ip=${address}`, `--listening-port=${port}`],
      // Two of them on one host must not hand out the same ports.
      [`--min-port=${port * 10}`, `--max-port=${port * 10 + 999}`],
      ['--use-auth-secret', `--static-auth-secret=${TURN_SECRET}`, '--realm=rtc.test'],
      [`--userdb=${join(this.#folder, 'users')}`, `--pidfile=${join(this.#folder, 'pid')}`],
    ].flat();
    this.#process = startChild('ip', ['netns', 'exec', netns, path, ...words], { stdio: 'ignore' });
  }

  /** Its addresses for `TURN_URLS`, over these transports. */
  urls(...transports: readonly ('udp' | 'tcp')[]): string {
    const at = `turn:${this.#address}:${this.#port}`;
    return transports.map((transport) => `${at}?transport=${transport}`).join(',');
  }

  /** SIGKILL: no word to anybody whose media it carries. */
  async kill(): Promise<void> {
    await killChild(this.#process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
