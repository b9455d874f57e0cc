// One token bucket per rate and key (LI-4).
import { type Bucket, isFull, type RateName, RATES, take } from '../rules/rate-limit.js';

/** More keys than a full room has: then full buckets are thrown away. */
const CROWD = 1_000;

/** Counts what everybody does. */
export class RateLimiters {
  readonly #buckets = new Map<string, Bucket>();

  /** 0: allowed. Otherwise: not for so many milliseconds. */
  take(rate: RateName, key: string, now: number): number {
    const name = `${rate} ${key}`;
    const { bucket, retryAfterMs } = take(this.#buckets.get(name), RATES[rate], now);
    this.#buckets.set(name, bucket);
    if (this.#buckets.size > CROWD) this.#tidy(now);
    return retryAfterMs;
  }

  /** `key` is gone for good. */
  forget(key: string): void {
    for (const rate of Object.keys(RATES)) this.#buckets.delete(`${rate} ${key}`);
  }

  #tidy(now: number): void {
    for (const [name, bucket] of this.#buckets) {
      const rate = name.slice(0, name.indexOf(' ')) as RateName;
      if (isFull(bucket, RATES[rate], now)) this.#buckets.delete(name);
    }
  }
}
