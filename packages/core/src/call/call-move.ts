/** A move from one call to another: waits until the new call connects everybody, or until it is given up. */
import type { Clock } from '../ports.js';
import type { RtcError } from '../state/errors.js';
import { createDeferred } from '../support/deferred.js';
import { inTime } from '../support/in-time.js';
import { type CallSlot, OPEN_MS } from './call-slot.js';

/** How long the new call is given to connect everybody, ms. */
const CONNECT_MS = 8_000;

export class CallMove {
  readonly #clock: Clock;
  readonly #cancelled = createDeferred<never>();
  /** Called when one of the two calls has told anything. */
  look: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    // Whoever waits hears of it; if nobody does, nothing is lost.
    this.#cancelled.promise.catch(() => undefined);
  }

  /** Has everything that is waited for reject with `error`. */
  cancel(error: RtcError): void {
    this.#cancelled.reject(error);
  }

  wait<T>(task: Promise<T>): Promise<T> {
    return Promise.race([this.#cancelled.promise, task]);
  }

  /**
   * Opens `next`. Resolves once it reaches all whom `present` reaches, or when that takes too long.
   * `encrypted`: settles when it encrypts, if it is to.
   */
  async run(next: CallSlot, present: CallSlot, encrypted: Promise<void>): Promise<void> {
    await this.wait(inTime(Promise.all([next.start(), encrypted]), OPEN_MS, this.#clock));
    await this.wait(
      new Promise<void>((resolve) => {
        const cancel = this.#clock.setTimer(CONNECT_MS, resolve);
        this.look = () => {
          if (!next.reachesAllOf(present)) return;
          cancel();
          resolve();
        };
        this.look();
      }),
    );
  }
}
