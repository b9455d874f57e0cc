// One token bucket per rate and key, kept in memory (LI-4, FL-3).
import {
  type Bucket,
  charge,
  isFull,
  type RateName,
  RATES,
  take,
  untilOne,
} from '../rules/rate-limit.js';

/** Above this size, which is more than a full room needs, full buckets are dropped. */
const MAX_BUCKETS = 2_000;

export class RateLimiters {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a token. 0 if there was one; otherwise how long until the next, in ms. */
  take(rate: RateName, key: string, now: number): number {
    const name = `${rate} ${key}`;
    const { bucket, retryAfterMs } = take(this.#buckets.get(name), RATES[rate], now);
    this.#set(name, bucket);
    return retryAfterMs;
  }

  /** How long until there is a token, in ms; 0 if there is one. Takes none. */
  untilOne(rate: RateName, key: string, now: number): number {
    return untilOne(this.#buckets.get(`${rate} ${key}`), RATES[rate], now);
  }

  /** Takes `cost` tokens, even if there are fewer. */
  charge(rate: RateName, key: string, cost: number, now: number): void {
    const name = `${rate} ${key}`;
    this.#set(name, charge(this.#buckets.get(name), RATES[rate], cost, now));
  }

  /** Drops the buckets of a socket or session that is gone for good. */
  forget(key: string): void {
    for (const rate of Object.keys(RATES)) this.#buckets.delete(`${rate} ${key}`);
  }

  #set(name: string, bucket: Bucket): void {
    this.#buckets.set(name, bucket);
    if (this.#buckets.size > MAX_BUCKETS) this.#dropFull(bucket.at);
  }

  #dropFull(now: number): void {
    for (const [name, bucket] of this.#buckets) {
      const rate = name.slice(0, name.indexOf(' ')) as RateName;
      if (isFull(bucket, RATES[rate], now)) this.#buckets.delete(name);
    }
  }
}
