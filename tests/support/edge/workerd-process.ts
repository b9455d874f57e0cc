// The workerd that this process has started: its process id, and the memory that it uses.
import { readdirSync, readFileSync } from 'node:fs';

const LIMIT_MS = 10_000;
const POLL_MS = 5;
const KIB_PER_MIB = 1_024;

/** Those started by this process, or by what it has started: others run workerd, too. */
export function ownWorkerds(): number[] {
  const processes = readdirSync('/proc').flatMap((name) => statOf(Number(name)) ?? []);
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOwn = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || isOwn(parents.get(pid)));
  return processes
    .filter(({ pid, name }) => name === 'workerd' && isOwn(pid))
    .map(({ pid }) => pid);
}

/** `null`: there is no such process, or no longer. */
function statOf(pid: number) {
  if (!Number.isInteger(pid)) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may contain some. After it: state, parent.
    const end = stat.lastIndexOf(')');
    const [, parent] = stat.slice(end + 2).split(' ');
    return { pid, parent: Number(parent), name: stat.slice(stat.indexOf('(') + 1, end) };
  } catch {
    return null;
  }
}

/** Resolves with the one that is not among those `before`. */
export async function newWorkerd(before: ReadonlySet<number>): Promise<number> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = ownWorkerds().find((pid) => !before.has(pid));
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('no workerd was started');
    await new Promise((next) => setTimeout(next, POLL_MS));
  }
}

/** What is in memory of it, MiB. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / KIB_PER_MIB;
}
