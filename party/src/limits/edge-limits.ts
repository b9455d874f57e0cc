/**
 * Holds the limits of the edge (LI-6), before a room wakes. Every isolate counts for itself, so nobody waits for an
 * answer, and tells an object that all isolates share. What that object refuses is refused here from then on.
 */
import type { RoomLog } from '../ports.js';
import { Allowances } from './allowances.js';
import type { LimitedRequest } from './rules/allowance.js';

/** The same limits, kept for all isolates. */
export interface SharedLimits {
  /** How long the subject has to wait, in ms; 0 if the request was counted. */
  take(request: LimitedRequest, room: string): Promise<number>;
  turnName(user: string): Promise<string>;
}

/** Those of one subject; `null` if this deployment has none. */
export type FindShared = (subject: string) => SharedLimits | null;

export interface Asked {
  /** An id that stands for a network or a user; `null`: not known, so nothing is counted. */
  readonly subject: string | null;
  readonly request: LimitedRequest;
  readonly room: string;
  /** Whether the deployment was reached by a loopback name. It then asks nobody else. */
  readonly isLocal: boolean;
}

export interface Verdict {
  /** 0: allowed. */
  readonly waitMs: number;
  /** Resolves once the shared limits know of it; `null` if they need not. Never rejects. */
  readonly told: Promise<void> | null;
}

/** How long somebody waits for a name at most. Their `welcome` waits with them. */
const SHARED_ANSWER_MS = 500;
/** How often a failure is logged at most. */
const LOG_EVERY_MS = 60_000;
/** Rooms whose refusals are remembered until somebody asks the room for its counters. */
const MAX_ROOMS = 1_000;

const ALLOWED: Verdict = { waitMs: 0, told: null };

export class EdgeLimits {
  readonly #own = new Allowances();
  readonly #findShared: FindShared;
  readonly #log: Pick<RoomLog, 'warn'>;
  readonly #now: () => number;
  /** Until when a subject's requests of one kind are refused, as the shared limits have said. */
  readonly #refusedUntil = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  #loggedAt = -Infinity;

  constructor(findShared: FindShared, log: Pick<RoomLog, 'warn'>, now = () => Date.now()) {
    this.#findShared = findShared;
    this.#log = log;
    this.#now = now;
  }

  /** Counts a request, or refuses it. */
  take({ subject, request, room, isLocal }: Asked): Verdict {
    if (subject === null) return ALLOWED;
    const now = this.#now();
    const key = `${request} ${subject}`;
    const waitMs =
      Math.max(0, (this.#refusedUntil.get(key) ?? 0) - now) ||
      this.#own.take(subject, request, room, now);
    if (waitMs > 0) {
      this.#countRefusal(room);
      return { waitMs, told: null };
    }
    this.#refusedUntil.delete(key);
    const shared = isLocal ? null : this.#findShared(subject);
    return { waitMs: 0, told: shared && this.#tell(shared, key, request, room) };
  }

  /** The name for a user at a TURN server: by the shared limits, or by our own if they do not answer. */
  async turnName(subject: string, user: string, isLocal: boolean): Promise<string> {
    const shared = isLocal ? null : this.#findShared(subject);
    const name = shared && (await this.#ask(shared.turnName(user)));
    return name ?? this.#own.turnName(subject, user, this.#now());
  }

  /** How many requests to a room were refused here since this was last called. */
  takeRefusals(room: string): number {
    const count = this.#refusals.get(room) ?? 0;
    this.#refusals.delete(room);
    return count;
  }

  async #tell(
    shared: SharedLimits,
    key: string,
    request: LimitedRequest,
    room: string,
  ): Promise<void> {
    const waitMs = (await this.#ask(shared.take(request, room))) ?? 0;
    if (waitMs === 0) return;
    const now = this.#now();
    if (this.#refusedUntil.size > MAX_ROOMS) {
      for (const [other, until] of this.#refusedUntil) {
        if (until <= now) this.#refusedUntil.delete(other);
      }
    }
    this.#refusedUntil.set(key, now + waitMs);
  }

  /** `null` if there is no answer in time: a limit that cannot be known must not keep people out. */
  async #ask<T>(answer: Promise<T>): Promise<T | null> {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), SHARED_ANSWER_MS);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      this.#logFailure(String(error));
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #logFailure(error: string): void {
    const now = this.#now();
    if (now - this.#loggedAt < LOG_EVERY_MS) return;
    this.#loggedAt = now;
    this.#log.warn('limits-failed', { error });
  }

  #countRefusal(room: string): void {
    if (this.#refusals.size >= MAX_ROOMS && !this.#refusals.has(room)) this.#refusals.clear();
    this.#refusals.set(room, (this.#refusals.get(room) ?? 0) + 1);
  }
}
