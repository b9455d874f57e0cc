/** Keeps what we send within what a room takes, so that it never has to refuse us (LI-4, FL-3). */
import { LIMITS } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';

/** The rest is for heartbeats, for typing, and for clocks that do not run alike. */
const SHARE = 0.75;

interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

const MESSAGES: Rate = {
  perSecond: SHARE * LIMITS.messagesPerSecond,
  burst: SHARE * LIMITS.messageBurst,
};

const BYTES: Rate = {
  perSecond: SHARE * LIMITS.messageBytesPerSecond,
  burst: SHARE * LIMITS.messageByteBurst,
};

/** Two token buckets, as the room has for each session: of messages, and of their bytes. */
export class SendRate {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rate: Rate;
  #tokens: number;
  #bytes = BYTES.burst;
  #at: number;

  constructor(clock: Pick<Clock, 'now'>, rate = MESSAGES) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = clock.now();
  }

  /**
   * 0: a message of `bytes` may be sent now, and is counted. Otherwise how long until one may be, ms. What is larger
   * than the rest of its bucket may be sent, too, and what follows waits for longer.
   */
  take(bytes = 0): number {
    const now = this.#clock.now();
    const elapsedMs = Math.max(0, now - this.#at);
    this.#tokens = refill(this.#tokens, this.#rate, elapsedMs);
    this.#bytes = refill(this.#bytes, BYTES, elapsedMs);
    this.#at = now;
    const waitMs = Math.max(untilOne(this.#tokens, this.#rate), untilOne(this.#bytes, BYTES));
    if (waitMs > 0) return waitMs;
    this.#tokens -= 1;
    this.#bytes -= bytes;
    return 0;
  }
}

const refill = (tokens: number, { perSecond, burst }: Rate, elapsedMs: number): number =>
  Math.min(burst, tokens + (elapsedMs * perSecond) / 1_000);

const untilOne = (tokens: number, { perSecond }: Rate): number =>
  tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1_000) / perSecond);
