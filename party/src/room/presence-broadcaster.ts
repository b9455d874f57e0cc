/**
 * When presence is told (PR-2): at once after a quiet while, else gathered, at most one frame per
 * `TIMES.presenceFlushMs`. Knows the feed and the clock, not the sockets.
 */
import { type PresenceMessage, TIMES } from '@rtc-elements/protocol';

import type { RoomClock } from '../ports.js';
import {
  emptyFeed,
  flush,
  isPending,
  noteItem,
  noteTold,
  type PresenceFeed,
  type PresenceItem,
} from '../rules/presence-feed.js';

/** Sends one frame to everybody, save those who get their own. `false`: nobody was there. */
export type Tell = (common: PresenceMessage, own: ReadonlyMap<string, PresenceMessage>) => boolean;

export class PresenceBroadcaster {
  readonly #clock: RoomClock;
  readonly #tell: Tell;
  #feed: PresenceFeed = emptyFeed(0);
  #toldAt = -Infinity;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: RoomClock, tell: Tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The number of the last frame. */
  get seq(): number {
    return this.#feed.seq;
  }

  /** After sleep: numbers go on from here. */
  startAt(seq: number): void {
    this.#feed = emptyFeed(seq);
  }

  note(item: PresenceItem): void {
    this.#feed = noteItem(this.#feed, item);
  }

  /** `session` is being told the whole roster under `seq`. */
  noteTold(session: string): void {
    if (this.#feed.items.length > 0) this.#feed = noteTold(this.#feed, session);
  }

  /** Nobody may hear from `session` before they see it: call this before what it says goes out. */
  ensureTold(session: string): void {
    if (isPending(this.#feed, session)) this.flush();
  }

  /** The event is over: tell now, or soon. */
  settle(): void {
    if (this.#feed.items.length === 0 || this.#cancelTimer) return;
    const waitMs = this.#toldAt + TIMES.presenceFlushMs - this.#clock.now();
    if (waitMs <= 0 || waitMs > TIMES.presenceFlushMs) this.flush();
    else {
      this.#cancelTimer = this.#clock.setTimer(waitMs, () => {
        this.#cancelTimer = null;
        this.flush();
      });
    }
  }

  /** Tells now whatever waits. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#feed.items.length === 0) return;
    const { feed, common, own } = flush(this.#feed);
    this.#feed = feed;
    if (this.#tell(common, own)) this.#toldAt = this.#clock.now();
  }
}
