// How many requests of elements that are not ours a room carries out.
import { RtcError } from '@rtc-elements/core';

/**
 * Half of the messages that a room takes from one session (LI), at once and per second, so that whatever
 * other elements do, the other half is left for ours.
 */
const BURST = 20;
const PER_SECOND = 10;

/** Limits the rate of requests, and how many are under way at once. */
export class RequestLimit {
  readonly #now: () => number;
  #left = BURST;
  #refilledAt: number;
  #underWay = 0;

  /** `now`: the time in ms. */
  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#refilledAt = now();
  }

  /**
   * Counts a request, until the returned function is called.
   * @throws RtcError `flooded`, retryable.
   */
  take(): () => void {
    const now = this.#now();
    this.#left = Math.min(BURST, this.#left + ((now - this.#refilledAt) * PER_SECOND) / 1_000);
    this.#refilledAt = now;
    if (this.#left < 1 || this.#underWay >= BURST) {
      throw new RtcError(
        'flooded',
        'These are too many requests at once. Wait for the results before you make others.',
        { retryable: true, retryAfterMs: 1_000 / PER_SECOND },
      );
    }
    this.#left -= 1;
    this.#underWay += 1;
    return () => (this.#underWay -= 1);
  }
}
