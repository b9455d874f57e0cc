/** Runs asynchronous tasks one at a time, in order. */
export class SerialQueue {
  readonly #most: number;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `most` tasks may wait, the one that runs included (FL-4). */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether another task would be refused. */
  get isFull(): boolean {
    return this.#waiting >= this.#most;
  }

  /** Settles as `task` does. A failure does not stop the next task. Rejects if the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.isFull) return Promise.reject(new Error('too many tasks wait'));
    this.#waiting += 1;
    const done = this.#tail.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = done.catch(() => undefined);
    return done;
  }
}
