/**
 * Holds a transfer below what a slow line carries, so that nobody else on it waits. SCTP sends until the queue of the line is
 * full, and everything that people say, hear and ask then waits behind it; a round trip that grows is the sign of that queue.
 * Fast lines are left alone: their queues are short.
 */

/** A line that carries no more than this is slow, bytes per second. */
const SLOW_BYTES = 393_216;

/** Less is never sent, whatever the delay, bytes per second. */
const LEAST_BYTES = 32_768;

/** How much longer a round trip may become by what we send, ms. */
const MOST_QUEUE_MS = 40;

/** Between two looks, ms: browsers measure a round trip every 2.5 s, and what passes comes in heaps. */
const LOOK_MS = 2_500;

/** What is left of the rate when the queue grows. */
const LESS = 0.8;

/** The same at the first sign of it. */
const A_LITTLE_LESS = 0.93;

/** What is tried when there is no queue: up to a little below the rate at which there was one, around it, and beyond it. */
const MUCH_MORE = 1.5;
const LITTLE_MORE = 1.02;
const MORE = 1.1;
const BELOW = 0.9;
const ABOVE = 1.05;

/** What is left of that rate when there is a queue below it already. */
const LOWER = 0.95;

/** So often the delay stays although less is sent: then it is not our queue, but another path. */
const MOST_VAIN = 3;

/** What need not be waited for, ms: timers are no more precise. */
const SLACK_MS = 8;

export class LinePace {
  #leastMs = Infinity;
  /** Bytes per second. */
  #limit = Infinity;
  /** At which the queue has grown. */
  #ceiling = Infinity;
  /** When the next bytes may be sent. */
  #freeAt = 0;
  #since: number | null = null;
  #bytes = 0;
  /** Round trip at the look before: one that is long alone says that a machine is busy. */
  #lastMs = 0;
  /** Round trip when less was sent last, and how often that has not helped. */
  #before = Infinity;
  #vain = 0;

  get isSlow(): boolean {
    return this.#limit < Infinity;
  }

  /** How long to wait, ms, before so many bytes are sent; they count as sent. */
  take(bytes: number, now: number): number {
    this.#bytes += bytes;
    if (!this.isSlow) return 0;
    const at = Math.max(this.#freeAt, now - SLACK_MS);
    this.#freeAt = at + (bytes * 1_000) / this.#limit;
    return at - now > SLACK_MS ? at - now : 0;
  }

  /** It was waited for something else: what is counted says nothing of the line. */
  reset(): void {
    this.#since = null;
  }

  /** To be told the latest round trip, ms, as often as there is time. */
  look(roundTripMs: number | null, now: number): void {
    if (roundTripMs === null) return;
    this.#leastMs = Math.min(this.#leastMs, roundTripMs);
    if (this.#since === null) return this.#count(now);
    const passed = now - this.#since;
    if (passed < LOOK_MS) return;
    const rate = (this.#bytes * 1_000) / passed;
    this.#count(now);
    const shorterMs = Math.min(roundTripMs, this.#lastMs);
    this.#lastMs = roundTripMs;
    if (shorterMs > this.#leastMs + MOST_QUEUE_MS) return this.#slowDown(rate, shorterMs);
    if (roundTripMs > this.#leastMs + MOST_QUEUE_MS) {
      this.#limit *= A_LITTLE_LESS;
      return;
    }
    this.#before = Infinity;
    this.#vain = 0;
    this.#speedUp();
  }

  #speedUp(): void {
    // So much more without a queue: the line has become faster.
    if (this.#limit > this.#ceiling * ABOVE) this.#ceiling = Infinity;
    if (this.#ceiling === Infinity) this.#limit *= MORE;
    else if (this.#limit > this.#ceiling * BELOW) this.#limit *= LITTLE_MORE;
    else this.#limit = Math.min(this.#limit * MUCH_MORE, this.#ceiling * (BELOW + 0.01));
    if (this.#limit > SLOW_BYTES) this.#limit = this.#ceiling = Infinity;
  }

  #slowDown(rate: number, roundTripMs: number): void {
    if (rate > SLOW_BYTES) return;
    this.#vain = roundTripMs > this.#before * LESS ? this.#vain + 1 : 0;
    this.#before = roundTripMs;
    if (this.#vain < MOST_VAIN) {
      const reached = Math.min(this.#limit, rate);
      const known = this.#ceiling === Infinity ? 0 : this.#ceiling * LOWER;
      this.#ceiling = Math.max(reached, known);
      this.#limit = Math.max(LEAST_BYTES, reached * LESS);
      return;
    }
    this.#leastMs = roundTripMs;
    this.#vain = 0;
  }

  #count(now: number): void {
    this.#since = now;
    this.#bytes = 0;
  }
}
