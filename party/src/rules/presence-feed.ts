/**
 * Presence deltas, gathered and numbered (PR-2).
 *
 * Everybody gets the same frame under the same `seq`; only who was told the whole roster since the
 * last frame gets a shorter one, with what happened after that, so that nobody hears a thing twice.
 */
import type { PeerChange, PeerEntry, PresenceMessage } from '@rtc-elements/protocol';

import type { DepartedSession } from './room-book.js';

/** One thing that happened. */
export type PresenceItem =
  | { readonly kind: 'joined'; readonly entry: PeerEntry }
  | { readonly kind: 'changed'; readonly change: PeerChange }
  | { readonly kind: 'left'; readonly departed: DepartedSession };

export interface PresenceFeed {
  /** The number of the last frame. */
  readonly seq: number;
  /** What no frame has told yet, in order. */
  readonly items: readonly PresenceItem[];
  /** How many of the items a session knows already from `welcome` or `roster`. */
  readonly known: ReadonlyMap<string, number>;
}

export const emptyFeed = (seq: number): PresenceFeed => ({ seq, items: [], known: new Map() });

/** Something happened. */
export const noteItem = (feed: PresenceFeed, item: PresenceItem): PresenceFeed => ({
  ...feed,
  items: [...feed.items, item],
});

/** `session` is being told the whole roster, under `feed.seq`. */
export const noteTold = (feed: PresenceFeed, session: string): PresenceFeed => ({
  ...feed,
  known: new Map(feed.known).set(session, feed.items.length),
});

/** Whether something about `session` waits to be told. */
export const isPending = (feed: PresenceFeed, session: string): boolean =>
  feed.items.some((item) => sessionOf(item) === session);

export interface Flushed {
  readonly feed: PresenceFeed;
  /** For everybody without a frame of their own. */
  readonly common: PresenceMessage;
  readonly own: ReadonlyMap<string, PresenceMessage>;
}

/** Makes the next frame of what has gathered. */
export function flush(feed: PresenceFeed): Flushed {
  const seq = feed.seq + 1;
  const own = new Map<string, PresenceMessage>();
  for (const [session, count] of feed.known)
    own.set(session, compose(seq, feed.items.slice(count)));
  return { feed: emptyFeed(seq), common: compose(seq, feed.items), own };
}

/** What a line of the roster went through, in one step. */
function compose(seq: number, items: readonly PresenceItem[]): PresenceMessage {
  const joined = new Map<string, PeerEntry>();
  const changed = new Map<string, PeerChange>();
  const left = new Map<string, DepartedSession>();
  for (const item of items) {
    const session = sessionOf(item);
    const fresh = joined.get(session);
    if (item.kind === 'joined') joined.set(session, item.entry);
    else if (item.kind === 'left') {
      changed.delete(session);
      // Who came and went between two frames was never here.
      if (!joined.delete(session)) left.set(session, item.departed);
    } else if (fresh) joined.set(session, { ...fresh, ...item.change });
    else changed.set(session, { ...changed.get(session), ...item.change });
  }
  return {
    type: 'presence',
    seq,
    ...(joined.size > 0 && { joined: [...joined.values()] }),
    ...(changed.size > 0 && { changed: [...changed.values()] }),
    ...(left.size > 0 && { left: [...left.values()] }),
  };
}

function sessionOf(item: PresenceItem): string {
  if (item.kind === 'joined') return item.entry.session;
  return item.kind === 'changed' ? item.change.session : item.departed.session;
}
