// Takes networks of the fault lab away, with all that runs in them: our own, and those of dead runs.
import { spawnSync } from 'node:child_process';

/** Ends every process in the namespaces that begin with `prefix`, and removes them. */
export function removeNamespaces(prefix: string): void {
  for (const netns of namespaces().filter((name) => name.startsWith(prefix))) {
    for (const pid of ask('netns', 'pids', netns)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // Gone meanwhile.
      }
    }
    ask('netns', 'del', netns);
  }
}

/** A namespace is named after the process that made it: without that, nobody will remove it. */
export function clearLeftovers(): void {
  for (const netns of namespaces()) {
    const maker = /^rtcf(\d+)-/.exec(netns)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) removeNamespaces(netns);
  }
}

/** `ip netns list` says `name (id: 3)`, of those that have a number. */
const namespaces = (): readonly string[] =>
  ask('netns', 'list').flatMap((line) => line.split(' ')[0] ?? []);

const ask = (...words: readonly string[]): readonly string[] =>
  spawnSync('ip', words, { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
