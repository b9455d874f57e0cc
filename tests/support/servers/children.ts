/**
 * What a test starts beside itself. None of it outlives the test's process, however that ends: a
 * failed `before`, a limit that ran out, Ctrl-C.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

import { start } from '../../../scripts/support/run.mjs';

// Without a listener a signal ends a process on the spot, and its children would stay.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1));
}

/** Starts `command` with a group of its own, so that what it starts goes with it. */
export const startChild = (
  command: string,
  words: readonly string[],
  options: SpawnOptions = {},
): ChildProcess => start(command, words, options);

/** SIGKILL to it and to its group: no goodbye to anybody, no time to write. */
export async function killChild(child: ChildProcess): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}
