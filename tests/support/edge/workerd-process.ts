// The workerd that this process has started: its process id, and the memory that it uses.
import { readdirSync, readFileSync } from 'node:fs';

const LIMIT_MS = 10_000;
const POLL_MS = 5;
const KIB_PER_MIB = 1_024;

/** Of this process: others run workerd, too. */
export function workerdChildren(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // After the name, which stands in brackets: state, parent.
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return stat.includes('(workerd)') && Number(parent) === process.pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Resolves with the one that is not among those `before`. */
export async function newWorkerd(before: ReadonlySet<number>): Promise<number> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = workerdChildren().find((pid) => !before.has(pid));
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
