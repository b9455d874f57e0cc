// An edge room whose workerd can be killed by its process id, and comes back on the same port.
import { readdirSync, readFileSync } from 'node:fs';

import { type BenchRoom, type BenchRoomOptions, startRoom } from '../../../bench/support/room.js';

/** So that the whole history can be looked at (CH-4). */
const KEEP_ALL = { HISTORY_MESSAGES: '100000' };
const LIMIT_MS = 10_000;
const POLL_MS = 5;

export class KillableRoom {
  readonly #options: BenchRoomOptions;
  #room: BenchRoom;
  #workerd: number;

  private constructor(options: BenchRoomOptions, room: BenchRoom, workerd: number) {
    this.#options = options;
    this.#room = room;
    this.#workerd = workerd;
  }

  static async start(persistTo: string): Promise<KillableRoom> {
    const before = new Set(workerdChildren());
    const options = { persistTo, vars: KEEP_ALL, onLine: printOnce() };
    const room = await startRoom(undefined, options);
    return new KillableRoom(options, room, await newChild(before));
  }

  get port(): number {
    return Number(new URL(this.#room.url).port);
  }

  /** SIGKILL: no goodbye to any socket, no time to write. */
  async killAndRestart(): Promise<void> {
    const { port } = this;
    process.kill(this.#workerd, 'SIGKILL');
    await this.#room.close();
    const before = new Set(workerdChildren());
    this.#room = await startRoom(undefined, { ...this.#options, port });
    this.#workerd = await newChild(before);
  }

  stop(): Promise<void> {
    return this.#room.close();
  }
}

/** A room says the same at each start. */
function printOnce(): (line: string) => void {
  const printed = new Set<string>();
  return (line) => {
    if (!printed.has(line)) console.log(line);
    printed.add(line);
  };
}

async function newChild(before: ReadonlySet<number>): Promise<number> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = workerdChildren().find((pid) => !before.has(pid));
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('no workerd was started');
    await new Promise((next) => setTimeout(next, POLL_MS));
  }
}

/** Of this process: others run workerd, too. */
function workerdChildren(): number[] {
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
