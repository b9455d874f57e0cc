/**
 * A client that can be frozen with its socket open: a process of its own, stopped by SIGSTOP. Nothing
 * it should answer is answered, and nothing tells the room why.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { killChild, startChild } from '../servers/children.js';
import type { Edge } from './edge.js';

const CHILD = fileURLToPath(new URL('./half-open-child.ts', import.meta.url));

export class FreezableClient {
  /** Its session. */
  readonly session: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, session: string) {
    this.#child = child;
    this.session = session;
  }

  /** Resolves once it is in. */
  static async join({ origin }: Edge, room: string, name: string): Promise<FreezableClient> {
    const url = `${origin.replace('http', 'ws')}/parties/room/${room}`;
    const child = startChild(process.execPath, [...process.execArgv, CHILD, url, name], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [session] = (await once(child, 'message')) as [string];
    return new FreezableClient(child, session);
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  end(): Promise<void> {
    return killChild(this.#child);
  }
}
