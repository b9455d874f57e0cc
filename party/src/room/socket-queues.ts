/** Handles the events of each socket one at a time, in order. Sockets do not wait for each other. */
import { LIMITS } from '@rtc-elements/protocol';

/** What waits for one socket. */
interface Pending {
  tail: Promise<void>;
  /** What is being handled included. */
  frames: number;
  bytes: number;
}

export class SocketQueues {
  readonly #pending = new Map<string, Pending>();
  readonly #onError: (error: unknown) => void;
  readonly #onDone: () => void;

  /** `onDone` is called after each task that had to wait for something. */
  constructor(onError: (error: unknown) => void, onDone: () => void) {
    this.#onError = onError;
    this.#onDone = onDone;
  }

  /** Whether another frame of the socket `id` would be too much (FL-4). */
  isFull(id: string): boolean {
    const pending = this.#pending.get(id);
    if (!pending) return false;
    return pending.frames >= LIMITS.waitingFrames || pending.bytes >= LIMITS.waitingFrameBytes;
  }

  /**
   * Runs `task` after those pending for the socket `id`, and at once if there are none. Resolves when it
   * is done, even if it fails. `bytes` is what it holds in memory while it waits.
   */
  run(id: string, task: () => Promise<void> | undefined, bytes = 0): Promise<void> {
    const before = this.#pending.get(id);
    const work = before ? before.tail.then(task) : task();
    if (!work) return Promise.resolve();
    const pending = before ?? { tail: Promise.resolve(), frames: 0, bytes: 0 };
    pending.frames += 1;
    pending.bytes += bytes;
    pending.tail = work.catch(this.#onError).finally(() => {
      this.#onDone();
      pending.frames -= 1;
      pending.bytes -= bytes;
      if (pending.frames === 0) this.#pending.delete(id);
    });
    this.#pending.set(id, pending);
    return pending.tail;
  }

  /** Resolves when nothing is pending for any socket. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) {
      await Promise.all([...this.#pending.values()].map(({ tail }) => tail));
    }
  }
}
