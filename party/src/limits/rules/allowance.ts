/**
 * What one address, or one user whom a token names, has asked for lately, and whether it may ask for more (LI-6).
 * Buckets are kept in memory only: an object that is dropped has been idle for longer than most of them take to refill.
 */
import { ADDRESS_LIMITS } from '@rtc-elements/protocol';

import { type Bucket, isFull, type Rate, take, untilOne } from '../../rules/rate-limit.js';

/** What is asked of a room, as far as it is limited. */
export type LimitedRequest = 'join' | 'ice' | 'people';

const RATES: Readonly<Record<LimitedRequest | 'newRoom', Rate>> = {
  join: { perSecond: ADDRESS_LIMITS.joinsPerSecond, burst: ADDRESS_LIMITS.joinBurst },
  ice: { perSecond: ADDRESS_LIMITS.iceRequestsPerSecond, burst: ADDRESS_LIMITS.iceRequestBurst },
  people: {
    perSecond: ADDRESS_LIMITS.peopleRequestsPerSecond,
    burst: ADDRESS_LIMITS.peopleRequestBurst,
  },
  newRoom: { perSecond: ADDRESS_LIMITS.newRoomsPerSecond, burst: ADDRESS_LIMITS.newRoomBurst },
};

type RateName = keyof typeof RATES;

export class Allowance {
  readonly #buckets = new Map<RateName, Bucket>();
  /** The rooms asked for, the latest last. */
  readonly #rooms = new Set<string>();

  /** 0 if the request is allowed, which counts it; otherwise how long to wait, in ms, and nothing is counted. */
  take(request: LimitedRequest, room: string, now: number): number {
    const names: readonly RateName[] = this.#rooms.has(room) ? [request] : [request, 'newRoom'];
    const waits = names.map((name) => untilOne(this.#buckets.get(name), RATES[name], now));
    const waitMs = Math.max(...waits);
    if (waitMs > 0) return waitMs;
    for (const name of names) {
      this.#buckets.set(name, take(this.#buckets.get(name), RATES[name], now).bucket);
    }
    this.#remember(room);
    return 0;
  }

  /** Whether nothing would be lost if this were forgotten. */
  isIdle(now: number): boolean {
    return [...this.#buckets].every(([name, bucket]) => isFull(bucket, RATES[name], now));
  }

  #remember(room: string): void {
    this.#rooms.delete(room);
    this.#rooms.add(room);
    for (const oldest of this.#rooms) {
      if (this.#rooms.size <= ADDRESS_LIMITS.knownRooms) break;
      this.#rooms.delete(oldest);
    }
  }
}
