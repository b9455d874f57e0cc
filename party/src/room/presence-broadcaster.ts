/**
 * Decides when presence frames go out (PR-2): at once after a quiet spell, otherwise gathered into one
 * frame per `TIMES.presenceFlushMs` at most. Knows the feed and the clock, not the sockets.
 */
import { type PresenceMessage, TIMES } from '@rtc-elements/protocol';

import type { RoomClock } from '../ports.js';
import {
  addItem,
  emptyFeed,
  flush,
  isFeedFull,
  isPending,
  markInformed,
  type PresenceFeed,
  type PresenceItem,
} from '../rules/presence-feed.js';

/** Sends one frame to everybody; sessions in `own` get theirs instead. `false` if nobody was there. */
export type SendPresence = (
  common: PresenceMessage,
  own: ReadonlyMap<string, PresenceMessage>,
) => boolean;

export class PresenceBroadcaster {
  readonly #clock: RoomClock;
  readonly #send: SendPresence;
  #feed: PresenceFeed = emptyFeed(0);
  #sentAt = -Infinity;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: RoomClock, send: SendPresence) {
    this.#clock = clock;
    this.#send = send;
  }

  /** The number of the last frame. */
  get seq(): number {
    return this.#feed.seq;
  }

  /** Continues the numbers from before a sleep. */
  startAt(seq: number): void {
    this.#feed = emptyFeed(seq);
  }

  /** Adds a change. The caller ends each event with {@link settle}. Flushes if there are too many to gather (FL-4). */
  add(item: PresenceItem): void {
    this.#feed = addItem(this.#feed, item);
    if (isFeedFull(this.#feed)) this.flush();
  }

  /** `session` is being sent the whole roster, under `seq`. */
  markInformed(session: string): void {
    if (this.#feed.items.length > 0) this.#feed = markInformed(this.#feed, session);
  }

  /** Flushes if a change of `session` has not been sent. Call this before sending what it says. */
  flushFor(session: string): void {
    if (isPending(this.#feed, session)) this.flush();
  }

  /** Ends an event: sends its changes now, or sets a timer for them. */
  settle(): void {
    if (this.#feed.items.length === 0 || this.#cancelTimer) return;
    const waitMs = this.#sentAt + TIMES.presenceFlushMs - this.#clock.now();
    if (waitMs <= 0 || waitMs > TIMES.presenceFlushMs) this.flush();
    else {
      this.#cancelTimer = this.#clock.setTimer(waitMs, () => {
        this.#cancelTimer = null;
        this.flush();
      });
    }
  }

  /** Sends all changes so far. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#feed.items.length === 0) return;
    const { feed, frames } = flush(this.#feed);
    this.#feed = feed;
    for (const { common, own } of frames) {
      if (this.#send(common, own)) this.#sentAt = this.#clock.now();
    }
  }
}
