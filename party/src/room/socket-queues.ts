/** Handles the events of each socket one at a time, in order. Sockets do not wait for each other. */
export class SocketQueues {
  readonly #pending = new Map<string, Promise<void>>();
  readonly #onError: (error: unknown) => void;
  readonly #onDone: () => void;

  /** `onDone` is called after each task that had to wait for something. */
  constructor(onError: (error: unknown) => void, onDone: () => void) {
    this.#onError = onError;
    this.#onDone = onDone;
  }

  /**
   * Runs `task` after those pending for the socket `id`, and at once if there are none. Resolves when it
   * is done, even if it fails.
   */
  run(id: string, task: () => Promise<void> | undefined): Promise<void> {
    const before = this.#pending.get(id);
    const work = before ? before.then(task) : task();
    if (!work) return Promise.resolve();
    const done = work.catch(this.#onError).finally(() => {
      this.#onDone();
      if (this.#pending.get(id) === done) this.#pending.delete(id);
    });
    this.#pending.set(id, done);
    return done;
  }

  /** Resolves when nothing is pending for any socket. */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending.values());
  }
}
