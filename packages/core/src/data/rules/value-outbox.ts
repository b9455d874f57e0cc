/**
 * The values of ours that one peer does not have yet, as far as we know. The path loses and reorders: every message
 * says what is newest, and the last value is sent again until the peer says that it has it (EV-2, EV-3).
 */
import type { Json, ValueEntry, ValuesMessage } from '@rtc-elements/protocol';

/** One of our values, as it was set last. */
export interface OwnValue {
  readonly at: number;
  readonly value: Json;
  /** As it goes into a message, in UTF-8 bytes. */
  readonly bytes: number;
}

/** How often a message may be sent, and how much at once. */
export interface ValuePace {
  readonly intervalMs: number;
  readonly messageBytes: number;
}

/** The first repetition comes once a value has been quiet for this long, ms; each further one after twice as long. */
const REPEAT_MS = 100;
const REPEAT_CAP_MS = 5_000;

interface Pending {
  readonly dueAt: number;
  /** How often this value was sent. */
  readonly sent: number;
}

export class ValueOutbox {
  readonly #own: ReadonlyMap<string, OwnValue>;
  /** In the order in which they are to be sent, so that none waits forever. */
  readonly #pending = new Map<string, Pending>();
  #mayAt = -Infinity;

  /** `own`: all of our values; those that change are told by `set()`. */
  constructor(own: ReadonlyMap<string, OwnValue>) {
    this.#own = own;
  }

  /**
   * The peer has none of our values, for all we know. It need not know of those that are gone, unless it was told of them
   * before, and has not confirmed that they are.
   */
  renew(now: number): void {
    for (const [name, { value }] of this.#own) {
      if (value !== null || this.#pending.has(name)) this.set(name, now);
    }
  }

  /** A value was set. */
  set(name: string, now: number): void {
    // One that still waits for its first turn keeps its place.
    if (this.#pending.get(name)?.sent === 0) return;
    this.#pending.delete(name);
    this.#pending.set(name, { dueAt: now, sent: 0 });
  }

  /** The peer has the value that was set at `at`. */
  seen(name: string, at: number): void {
    if (this.#own.get(name)?.at === at) this.#pending.delete(name);
  }

  /** When there is something to send; `Infinity`: there is nothing. */
  get dueAt(): number {
    let due = Infinity;
    for (const { dueAt } of this.#pending.values()) due = Math.min(due, dueAt);
    return Math.max(due, this.#mayAt);
  }

  /** The next message, which counts as sent; `null`: not now. */
  take(now: number, { intervalMs, messageBytes }: ValuePace): ValuesMessage | null {
    if (now < this.dueAt) return null;
    const entries: ValueEntry[] = [];
    let room = messageBytes;
    for (const [name, { dueAt, sent }] of [...this.#pending]) {
      const own = this.#own.get(name);
      if (!own) this.#pending.delete(name);
      if (dueAt > now || !own || (entries.length > 0 && own.bytes > room)) continue;
      room -= own.bytes;
      entries.push({ name, at: own.at, value: own.value, ...(sent > 0 && { ask: true as const }) });
      this.#pending.delete(name);
      const pauseMs = Math.min(REPEAT_CAP_MS, REPEAT_MS * 2 ** sent);
      this.#pending.set(name, { dueAt: now + pauseMs, sent: sent + 1 });
    }
    if (entries.length === 0) return null;
    this.#mayAt = now + intervalMs;
    return { type: 'values', entries };
  }
}
