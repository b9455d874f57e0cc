/**
 * Presence changes, gathered into numbered frames (PR-2).
 *
 * Everybody gets the same frame under the same `seq`. The exception is a session that was sent the
 * whole roster since the last frame: its frame holds only later changes, so nothing is sent twice. Changes that do
 * not fit one frame go into several, each under its own `seq`.
 */
import {
  LIMITS,
  type PeerChange,
  type PeerEntry,
  type PresenceMessage,
} from '@rtc-elements/protocol';

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

/** Whether the changes so far must not wait for more (FL-4). */
export const isFeedFull = ({ items }: PresenceFeed): boolean =>
  items.length >= LIMITS.gatheredChanges;

/** `session` is being sent the whole roster, under `feed.seq`. */
export const markInformed = (feed: PresenceFeed, session: string): PresenceFeed => ({
  ...feed,
  known: new Map(feed.known).set(session, feed.items.length),
});

/** Whether a change of `session` has not been sent yet. */
export const isPending = (feed: PresenceFeed, session: string): boolean =>
  feed.items.some((item) => sessionOf(item) === session);

/** One frame. */
export interface PresenceFrame {
  /** For every session that is not in `own`. */
  readonly common: PresenceMessage;
  readonly own: ReadonlyMap<string, PresenceMessage>;
}

export interface Flushed {
  readonly feed: PresenceFeed;
  readonly frames: readonly PresenceFrame[];
}

/** Makes the next frame from the items so far; the next few, if they have more than fits. */
export function flush(feed: PresenceFeed): Flushed {
  const { items, known } = feed;
  const isLong = changesIn(compose(0, items)) > LIMITS.presenceChanges;
  const step = isLong ? LIMITS.presenceChanges : Math.max(1, items.length);
  const frames: PresenceFrame[] = [];
  for (let start = 0; start < items.length; start += step) {
    const seq = feed.seq + 1 + frames.length;
    const end = start + step;
    const own = new Map<string, PresenceMessage>();
    for (const [session, count] of known) {
      own.set(session, compose(seq, items.slice(Math.max(start, count), end)));
    }
    frames.push({ common: compose(seq, items.slice(start, end)), own });
  }
  return { feed: emptyFeed(feed.seq + frames.length), frames };
}

const changesIn = ({ joined = [], changed = [], left = [] }: PresenceMessage): number =>
  joined.length + changed.length + left.length;

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
