// The tests' own manners: nothing that a test started is left behind.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CARELESS = fileURLToPath(new URL('../support/careless-child.ts', import.meta.url));
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
