/** Runs asynchronous tasks one at a time, in order. */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /** Settles as `task` does. A failure does not stop the next task. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(task);
    this.#tail = done.catch(() => undefined);
    return done;
  }
}
