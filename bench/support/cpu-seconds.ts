/** What a program and all that it started have used of the processors, as Linux counts it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Of the kernel's clock: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Process {
  readonly parent: number;
  readonly ticks: number;
}

/** CPU seconds of `pid` and its descendants since they began. */
export function cpuSeconds(pid: number): number {
  const all = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const one = /^\d+$/.test(name) && readProcess(name);
    if (one) all.set(Number(name), one);
  }
  const isOurs = (id: number): boolean => {
    for (let at = id; at > 1; at = all.get(at)?.parent ?? 0) if (at === pid) return true;
    return false;
  };
  const ours = [...all].filter(([id]) => isOurs(id));
  return ours.reduce((sum, [, { ticks }]) => sum + ticks, 0) / TICKS_PER_SECOND;
}

function readProcess(name: string): Process | null {
  try {
    // After the name in brackets, which may hold anything: state, parent, … utime and stime.
    const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    // It ended meanwhile.
    return null;
  }
}
