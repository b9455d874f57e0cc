/** Keeps what we send within what a room takes, so that it never has to refuse us (LI-4). */
import { LIMITS } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';

/** The rest is for heartbeats, for typing, and for clocks that do not run alike. */
const SHARE = 0.75;

/** A token bucket, as the room has one for each session. */
export class SendRate {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(
    clock: Pick<Clock, 'now'>,
    perSecond: number = SHARE * LIMITS.messagesPerSecond,
    burst: number = SHARE * LIMITS.messageBurst,
  ) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = clock.now();
  }

  /** 0: a message may be sent now, and is counted. Otherwise how long until one may be, ms. */
  take(): number {
    const now = this.#clock.now();
    const gained = (Math.max(0, now - this.#at) * this.#perSecond) / 1_000;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) * 1_000) / this.#perSecond);
    this.#tokens -= 1;
    return 0;
  }
}
