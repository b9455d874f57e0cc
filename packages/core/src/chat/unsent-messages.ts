/**
 * Keeps messages that the room has not stored in the browser for 24 h, as a reload or a closed tab must not lose what
 * somebody wrote.
 *
 * Each Room writes a record of its own, and holds a lock (Web Locks) for as long as it uses it. So another tab takes
 * over only what nobody will send any more.
 */
import { createId, type UnsentMessage } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';
import { loadOnce } from '../support/load-once.js';
import type { LeftMessages, UnsentAuthor } from './left-messages.js';
import { locks } from './locks.js';

/** The number changes with the format: another version's records are left to it. */
const PREFIX = 'rtc-elements:unsent-1:';

/** The pause before what could not be loaded is asked for again, ms. */
const RETRY_MS = 5_000;

/** What takes over the messages that other Rooms have left. */
interface LeftModule {
  readonly LeftMessages: typeof LeftMessages;
}

export class UnsentMessages {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #loadLeft: () => Promise<LeftMessages>;
  readonly #key = PREFIX + createId();
  /** Gives the lock back; `null`: not held. */
  #unlock: (() => void) | null = null;
  /** Settles once the browser has the lock back. */
  #locking: Promise<unknown> = Promise.resolve();
  readonly #ended = new AbortController();

  /** `url`: the room's WebSocket address. `load`: what takes over what others have left. */
  constructor(
    url: string,
    clock: Clock,
    load: () => Promise<LeftModule> = () => import('./left-messages.js'),
  ) {
    this.#url = url;
    this.#clock = clock;
    this.#loadLeft = loadOnce(async () => {
      const { LeftMessages } = await load();
      return new LeftMessages(url, clock, this.#ended.signal);
    });
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
    const keys = this.#foreignKeys();
    if (keys.length === 0 || this.#ended.signal.aborted) return;
    const left = await this.#loadLeft().catch(() => null);
    if (left) await left.takeOver(keys, author, add);
    else this.#clock.setTimer(RETRY_MS, () => void this.takeOver(author, add));
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
