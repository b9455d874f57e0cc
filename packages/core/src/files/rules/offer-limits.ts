/** Which offers of other people are taken (FT-2). Knows users, as one may come back with another session. */
import type { StopReason } from './frames.js';
import { MAX_PENDING, MAX_PENDING_PER_USER } from './limits.js';

/** Offers of one user within `SPAN_MS`, answered or not. */
const MAX_OFFERS = 40;
const SPAN_MS = 60_000;

export interface Offering {
  readonly user: string;
  readonly role: string;
}

export class OfferLimits {
  /** When the last offers were made, by user. */
  readonly #times = new Map<string, readonly number[]>();

  /** Why an offer is refused; `null`: it is not. `pending`: whose offers nobody has answered. */
  check({ user, role }: Offering, pending: readonly string[], now: number): StopReason | null {
    if (role === 'listener') return 'not-allowed';
    const isFull = pending.length >= MAX_PENDING;
    const theirs = pending.filter((other) => other === user).length;
    if (isFull || theirs >= MAX_PENDING_PER_USER || !this.#count(user, now)) return 'too-many';
    return null;
  }

  #count(user: string, now: number): boolean {
    for (const [other, times] of this.#times) {
      if ((times.at(-1) ?? 0) <= now - SPAN_MS) this.#times.delete(other);
    }
    const recent = (this.#times.get(user) ?? []).filter((time) => time > now - SPAN_MS);
    if (recent.length >= MAX_OFFERS) return false;
    this.#times.set(user, [...recent, now]);
    return true;
  }
}
