// The tests' own manners: nothing that a test started is left behind, and no port is taken twice.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { canListen, findFreePort } from '../support/servers/free-port.js';

const CARELESS = fileURLToPath(new URL('../support/servers/careless-child.ts', import.meta.url));
const LIMIT_MS = 10_000;

/** A process that is dead but not yet taken note of counts as gone. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

async function untilGone(pids: readonly number[]): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for await (const _ of setInterval(20)) {
    if (!pids.some(isAlive)) return;
    assert.ok(Date.now() < deadline, `still there: ${pids.filter(isAlive).join()}`);
  }
}

describe(
  'what a test started ends with it',
  { skip: process.platform !== 'linux' && 'reads /proc' },
  () => {
    for (const ending of ['throw', 'SIGTERM', 'SIGINT'] as const) {
      it(`when it ends by ${ending}, children of children included`, async () => {
        const test = fork(CARELESS, [ending], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
        const [pids] = (await once(test, 'message')) as [readonly number[]];
        const gone = once(test, 'exit');
        if (ending !== 'throw') test.kill(ending);
        await gone;
        await untilGone(pids);
      });
    }
  },
);

describe('a port for a server', () => {
  const HOST = '127.0.0.1';

  it('is not one that a connection has just left, which coturn would wait for', async () => {
    const server = createServer((socket) => socket.resume()).listen(0, HOST);
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, HOST);
    await once(client, 'connect');
    const { localPort = 0 } = client;
    // Who ends first keeps the port, in TIME_WAIT.
    client.end();
    await once(client.resume(), 'close');
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await canListen(localPort), false);
  });

  it('is not one that UDP has taken', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, HOST, resolve));
    assert.equal(await canListen(socket.address().port), false);
    socket.close();
  });

  it('is free for TCP and UDP when it is found', async () => {
    assert.equal(await canListen(await findFreePort()), true);
  });
});
