/**
 * Presence changes, gathered into numbered frames (PR-2).
 *
 * Everybody gets the same frame under the same `seq`. The exception is a session that was sent the
 * whole roster since the last frame: its frame holds only later changes, so nothing is sent twice.
 */
import type { PeerChange, PeerEntry, PresenceMessage } from '@rtc-elements/protocol';

import type { DepartedSession } from './room-book.js';

/** One change of the roster. */
export type PresenceItem =
  | { readonly kind: 'joined'; readonly entry: PeerEntry }
  | { readonly kind: 'changed'; readonly change: PeerChange }
  | { readonly kind: 'left'; readonly departed: DepartedSession };

export interface PresenceFeed {
  /** The number of the last frame. */
  readonly seq: number;
  /** Changes that no frame contains yet, in order. */
  readonly items: readonly PresenceItem[];
  /** How many of the items a session already knows from `welcome` or `roster`. */
  readonly known: ReadonlyMap<string, number>;
}

export const emptyFeed = (seq: number): PresenceFeed => ({ seq, items: [], known: new Map() });

export const addItem = (feed: PresenceFeed, item: PresenceItem): PresenceFeed => ({
  ...feed,
  items: [...feed.items, item],
});

/** `session` is being sent the whole roster, under `feed.seq`. */
export const markInformed = (feed: PresenceFeed, session: string): PresenceFeed => ({
  ...feed,
  known: new Map(feed.known).set(session, feed.items.length),
});

/** Whether a change of `session` has not been sent yet. */
export const isPending = (feed: PresenceFeed, session: string): boolean =>
  feed.items.some((item) => sessionOf(item) === session);

export interface Flushed {
  readonly feed: PresenceFeed;
  /** For every session that is not in `own`. */
  readonly common: PresenceMessage;
  readonly own: ReadonlyMap<string, PresenceMessage>;
}

/** Makes the next frame from the items so far. */
export function flush(feed: PresenceFeed): Flushed {
  const seq = feed.seq + 1;
  const own = new Map<string, PresenceMessage>();
  for (const [session, count] of feed.known)
    own.set(session, compose(seq, feed.items.slice(count)));
  return { feed: emptyFeed(seq), common: compose(seq, feed.items), own };
}

/** A frame that merges all changes of a session into one. */
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
      // A session that joined and left between two frames is not mentioned.
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
