// An edge room whose workerd can be killed by its process id, and comes back on the same port.
import { type BenchRoom, type BenchRoomOptions, startRoom } from '../../../bench/support/room.js';
import { newWorkerd, ownWorkerds } from './workerd-process.js';

/** So that the whole history can be looked at (CH-4). */
const KEEP_ALL = { HISTORY_MESSAGES: '100000' };

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
    const before = new Set(ownWorkerds());
    const options = { persistTo, vars: KEEP_ALL, onLine: printOnce() };
    const room = await startRoom(undefined, options);
    return new KillableRoom(options, room, await newWorkerd(before));
  }

  get port(): number {
    return Number(new URL(this.#room.url).port);
  }

  /** SIGKILL: no goodbye to any socket, no time to write. */
  async killAndRestart(): Promise<void> {
    const { port } = this;
    process.kill(this.#workerd, 'SIGKILL');
    await this.#room.close();
    const before = new Set(ownWorkerds());
    this.#room = await startRoom(undefined, { ...this.#options, port });
    this.#workerd = await newWorkerd(before);
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
