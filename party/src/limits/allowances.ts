// The limits of everybody whom an isolate has heard of, in its memory (LI-6).
import { Allowance, type LimitedRequest } from './rules/allowance.js';
import { nameUser, type TurnName } from './rules/turn-names.js';

/** Above this, those whose loss changes nothing are forgotten, and then the oldest. */
const MAX_SUBJECTS = 5_000;

interface Subject {
  readonly allowance: Allowance;
  names: readonly TurnName[];
}

/** `subject`: an id that stands for a network, or for a user whom a token names. */
export class Allowances {
  readonly #subjects = new Map<string, Subject>();

  /** See {@link Allowance.take}. */
  take(subject: string, request: LimitedRequest, room: string, now: number): number {
    return this.#find(subject, now).allowance.take(request, room, now);
  }

  /** The name for a user at a TURN server. */
  turnName(subject: string, user: string, now: number): string {
    const found = this.#find(subject, now);
    const { name, names } = nameUser(found.names, user, now);
    found.names = names;
    return name;
  }

  #find(id: string, now: number): Subject {
    const found = this.#subjects.get(id) ?? { allowance: new Allowance(), names: [] };
    // The latest are last.
    this.#subjects.delete(id);
    this.#subjects.set(id, found);
    if (this.#subjects.size > MAX_SUBJECTS) this.#makeRoom(now);
    return found;
  }

  #makeRoom(now: number): void {
    for (const [id, { allowance, names }] of this.#subjects) {
      if (allowance.isIdle(now) && names.length === 0) this.#subjects.delete(id);
    }
    for (const id of this.#subjects.keys()) {
      if (this.#subjects.size <= MAX_SUBJECTS / 2) break;
      this.#subjects.delete(id);
    }
  }
}
