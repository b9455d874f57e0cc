/**
 * What is wanted last of one thing that takes time to start, such as a camera. Whoever starts it hears when something
 * else is wanted: a start that is overtaken rejects with `aborted`, what stops something never rejects.
 */
import { RtcError } from '../state/errors.js';
import { createDeferred } from './deferred.js';

interface Pending {
  readonly key: unknown;
  readonly controller: AbortController;
  readonly outcome: Promise<unknown>;
}

export class LatestWish {
  #pending: Pending | null = null;
  /** Why starts and stops were ended here, rather than by their own failure. */
  readonly #reasons = new WeakSet<RtcError>();

  /**
   * Wants what `task` starts, in place of what was wanted before. While a start with an equal `key` is pending, that
   * one is meant, and its outcome is the answer to both. `task` is called at once; what it still gets after its signal
   * has aborted, nobody wants.
   * @throws RtcError of `task`; `aborted`, or the reason given to `cancel()`, as soon as something else is wanted.
   */
  start<T>(key: unknown, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.#pending;
    if (before && before.key === key) return before.outcome as Promise<T>;
    this.cancel();
    const { promise, resolve, reject } = createDeferred<T>();
    const controller = new AbortController();
    const { signal } = controller;
    const pending = (this.#pending = { key, controller, outcome: promise });
    signal.addEventListener('abort', () => reject(signal.reason));
    const settle = (tell: () => void): void => {
      if (this.#pending === pending) this.#pending = null;
      tell();
    };
    call(() => task(signal)).then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    return promise;
  }

  /** Whether a start for this `key` is pending. */
  isPending(key: unknown): boolean {
    return this.#pending?.key === key;
  }

  /** Wants nothing any more: a start that is pending rejects with `why`, at once. */
  cancel(why: RtcError = overtakenError()): void {
    const pending = this.#pending;
    this.#pending = null;
    this.#reasons.add(why);
    pending?.controller.abort(why);
  }

  /**
   * Wants it stopped, by `task`. Resolves when that is done, or once something else is wanted.
   * @throws RtcError of `task`, while nothing else is wanted.
   */
  async stop(why: RtcError, task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (!this.isPending(STOP)) this.cancel(why);
    try {
      await this.start(STOP, task);
    } catch (error) {
      if (!this.#reasons.has(error as RtcError)) throw error;
    }
  }
}

const STOP = Symbol('stop');

/** The promise of `task`, also if it throws at once. */
async function call<T>(task: () => Promise<T>): Promise<T> {
  return task();
}

/** Something else was wanted before it was done. */
export const overtakenError = (): RtcError =>
  new RtcError('aborted', 'Something else was asked for before this was done.');
