// One token bucket per rate and key, kept in memory (LI-4).
import { type Bucket, isFull, type RateName, RATES, take } from '../rules/rate-limit.js';

/** Above this size, which is more than a full room needs, full buckets are dropped. */
const MAX_BUCKETS = 1_000;

export class RateLimiters {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a token. 0 if there was one; otherwise how long until the next, in ms. */
  take(rate: RateName, key: string, now: number): number {
    const name = `${rate} ${key}`;
    const { bucket, retryAfterMs } = take(this.#buckets.get(name), RATES[rate], now);
    this.#buckets.set(name, bucket);
    if (this.#buckets.size > MAX_BUCKETS) this.#dropFull(now);
    return retryAfterMs;
  }

  /** Drops the buckets of a socket or session that is gone for good. */
  forget(key: string): void {
    for (const rate of Object.keys(RATES)) this.#buckets.delete(`${rate} ${key}`);
  }

  #dropFull(now: number): void {
    for (const [name, bucket] of this.#buckets) {
      const rate = name.slice(0, name.indexOf(' ')) as RateName;
      if (isFull(bucket, RATES[rate], now)) this.#buckets.delete(name);
    }
  }
}
