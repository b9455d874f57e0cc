/** The real edge room for tests of whole pages: fresh storage, a free port, and workerd to kill. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEdgeServer } from '../../../scripts/support/edge-server.mjs';
// Its signals are for the edge server, too.
import '../servers/children.js';
import { findFreePort } from '../servers/free-port.js';

export interface Edge {
  /** Origin of the room, the built packages and the examples. */
  readonly url: string;
  /** SIGKILL to every workerd of it, by pid; resolves once the port is dead. */
  kill(): Promise<void>;
  /** The same port and storage again, after `kill()`. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** `vars`: variables of the deployment. `config`: of wrangler; default: that of this repository. */
export async function startEdge(
  vars: Readonly<Record<string, string>> = {},
  config?: string,
): Promise<Edge> {
  const port = await findFreePort();
  const persistTo = mkdtempSync(join(tmpdir(), 'rtc-elements-edge-'));
  // What a developer has in .dev.vars is not for tests.
  const envFile = join(persistTo, 'vars');
  const lines = Object.entries(vars).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(envFile, lines.join(''));
  const options = { port, persistTo, envFile, ...(config && { config }) };
  let server = await startEdgeServer(options);
  return {
    url: server.url,
    kill: async () => {
      const { pid = 0 } = server.process;
      const victims = processes().filter(({ comm, ...one }) => {
        return comm.includes('workerd') && isBelow(one.pid, pid);
      });
      if (victims.length === 0) throw new Error('no workerd below wrangler');
      for (const victim of victims) process.kill(victim.pid, 'SIGKILL');
      // What started it would only sit there, or start another one.
      await server.stop();
    },
    restart: async () => {
      server = await startEdgeServer(options);
    },
    close: async () => {
      await server.stop();
      rmSync(persistTo, { recursive: true, force: true });
    },
  };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly comm: string;
}

function processes(): readonly Process[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim();
  return lines.split('\n').map((line) => {
    const [pid, parent, ...comm] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), comm: comm.join(' ') };
  });
}

function isBelow(pid: number, ancestor: number): boolean {
  const parents = new Map(processes().map((one) => [one.pid, one.parent]));
  for (let at: number | undefined = pid; at; at = parents.get(at)) if (at === ancestor) return true;
  return false;
}
