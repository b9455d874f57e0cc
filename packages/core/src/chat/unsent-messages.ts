/**
 * Keeps messages that the room has not stored in the browser for 24 h, as a reload or a closed tab must not lose what
 * somebody wrote.
 *
 * Each Room writes a record of its own, and holds a lock (Web Locks) for as long as it uses it. So another tab takes
 * over only what nobody will send any more.
 */
import {
  createId,
  decodeUnsentRecord,
  type UnsentMessage,
  type UnsentRecord,
} from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';

/** The number changes with the format: another version's records are left to it. */
const PREFIX = 'rtc-elements:unsent-1:';

/** Long enough for the next day. Who shares a browser may be shown them for as long. */
const KEPT_MS = 24 * 3_600_000;

export type UnsentAuthor = Pick<UnsentRecord, 'user' | 'name'>;

export class UnsentMessages {
  readonly #url: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #key = PREFIX + createId();
  /** Gives the lock back; `null`: not held. */
  #unlock: (() => void) | null = null;
  /** Settles once the browser has the lock back. */
  #locking: Promise<unknown> = Promise.resolve();
  /** Records of Rooms that still exist, or existed a moment ago: a page that reloads may get its lock back late. */
  readonly #awaited = new Set<string>();
  readonly #ended = new AbortController();

  /** `url`: the room's WebSocket address. */
  constructor(url: string, clock: Pick<Clock, 'now'>) {
    this.#url = url;
    this.#clock = clock;
  }

  /** Writes all messages that are not stored in the room now. Returns `false` if the browser does not keep them. */
  save({ user, name }: UnsentAuthor, messages: readonly UnsentMessage[]): boolean {
    try {
      if (messages.length === 0) localStorage.removeItem(this.#key);
      else {
        this.#lock();
        localStorage.setItem(this.#key, JSON.stringify({ url: this.#url, user, name, messages }));
      }
      return true;
    } catch {
      // There is no storage, or it is full or forbidden.
      return false;
    }
  }

  /**
   * Hands the messages of `author` that other Rooms have left in this room to `add`, which saves them as ours. If it
   * returns `false`, they stay where they are. Removes what is too old. Resolves once it has looked at everything; what
   * belongs to a Room that exists is handed over when that ends, unless `release()` comes first. Never rejects.
   */
  async takeOver(
    author: UnsentAuthor,
    add: (messages: readonly UnsentMessage[]) => Promise<boolean>,
  ): Promise<void> {
    for (const key of this.#foreignKeys()) {
      const record = this.#read(key);
      if (record && !this.#isOf(record, author)) continue;
      const take = async (): Promise<void> => {
        // It may have changed since, or be gone.
        const messages = this.#read(key)?.messages ?? [];
        if (messages.length === 0 || (await add(messages))) localStorage.removeItem(key);
      };
      if (!(await ifUnlocked(key, take))) this.#await(key, take);
    }
  }

  /** Leaves the record to whoever comes next. Resolves once they can take it over. */
  async release(): Promise<void> {
    this.#ended.abort();
    this.#unlock?.();
    this.#unlock = null;
    await this.#locking;
  }

  #foreignKeys(): readonly string[] {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== this.#key);
    } catch {
      return [];
    }
  }

  /** The record with the messages of the last 24 h; `null` if it has none. */
  #read(key: string): UnsentRecord | null {
    const decoded = decodeUnsentRecord(localStorage.getItem(key) ?? '');
    if (!decoded.ok) return null;
    const now = this.#clock.now();
    // By the room's clock, which may be ahead of ours.
    const messages = decoded.message.messages.filter(({ at }) => Math.abs(now - at) < KEPT_MS);
    return messages.length > 0 ? { ...decoded.message, messages } : null;
  }

  /** Nobody else is shown what somebody wrote. */
  #isOf({ url, ...by }: UnsentRecord, { user, name }: UnsentAuthor): boolean {
    return url === this.#url && (by.user === '' ? by.name === name : by.user === user);
  }

  #await(key: string, take: () => Promise<void>): void {
    if (this.#awaited.has(key)) return;
    this.#awaited.add(key);
    locks()
      ?.request(key, { signal: this.#ended.signal }, take)
      .catch(() => undefined)
      .finally(() => this.#awaited.delete(key));
  }

  #lock(): void {
    if (this.#unlock) return;
    const held = new Promise<void>((resolve) => (this.#unlock = resolve));
    // A page that may not have locks writes without.
    this.#locking =
      locks()
        ?.request(this.#key, () => held)
        .catch(() => undefined) ?? Promise.resolve();
  }
}

/** Absent in insecure pages. There, two open tabs may both offer a message; the room stores it once (CH-1). */
const locks = (): LockManager | undefined =>
  typeof navigator === 'undefined' ? undefined : navigator.locks;

/** Returns `false`, without a call of `task`, if somebody has the lock. */
async function ifUnlocked(key: string, task: () => Promise<void>): Promise<boolean> {
  let isHeld = false;
  try {
    const manager = locks();
    if (!manager) await task();
    else
      await manager.request(key, { ifAvailable: true }, async (lock) => {
        if (lock) await task();
        else isHeld = true;
      });
  } catch {
    // Locks or storage are forbidden here: nothing is taken over.
  }
  return !isHeld;
}
