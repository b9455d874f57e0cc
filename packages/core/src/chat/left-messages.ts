// What other Rooms have left unsent in this browser, and how a Room takes it over. Loaded where there is any.
import { decodeUnsentRecord, type UnsentMessage, type UnsentRecord } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';
import { locks } from './locks.js';

/** Long enough for the next day. Who shares a browser may be shown them for as long. */
const KEPT_MS = 24 * 3_600_000;

export type UnsentAuthor = Pick<UnsentRecord, 'user' | 'name'>;

export class LeftMessages {
  readonly #url: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ended: AbortSignal;
  /** Records of Rooms that still exist, or existed a moment ago: a page that reloads may get its lock back late. */
  readonly #awaited = new Set<string>();

  /** `url`: the room's WebSocket address. `ended`: aborts when our Room takes nothing over any more. */
  constructor(url: string, clock: Pick<Clock, 'now'>, ended: AbortSignal) {
    this.#url = url;
    this.#clock = clock;
    this.#ended = ended;
  }

  /** See `UnsentMessages.takeOver`. `keys`: of the records of other Rooms. */
  async takeOver(
    keys: readonly string[],
    author: UnsentAuthor,
    add: (messages: readonly UnsentMessage[]) => Promise<boolean>,
  ): Promise<void> {
    for (const key of keys) {
      // Whoever comes next has the locks.
      if (this.#ended.aborted) return;
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
      ?.request(key, { signal: this.#ended }, take)
      .catch(() => undefined)
      .finally(() => this.#awaited.delete(key));
  }
}

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
