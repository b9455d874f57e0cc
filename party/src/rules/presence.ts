// What a member may change in its own roster entry (PR-1).
import type { PeerChange, PresenceSetMessage } from '@rtc-elements/protocol';

import { placeInCall } from './admit.js';
import { allowedMedia, stillMuted } from './permissions.js';
import { entryOf, type RoomBook, type SessionRecord } from './room-book.js';

/**
 * The record after `presence.set`. Absent keys are left unchanged. `newest` is the `seq` of the newest
 * chat message.
 */
export function changePresence(
  book: RoomBook,
  record: SessionRecord,
  set: PresenceSetMessage,
  newest: number,
): SessionRecord {
  const media = allowedMedia(record, set.media ?? record.media);
  return {
    ...record,
    name: record.named ? record.name : (set.name ?? record.name),
    mood: set.state ?? record.mood,
    call: set.call === undefined ? record.call : placeInCall(book, record.call, set.call),
    media,
    muted: stillMuted(record, media),
    hand: set.hand ?? record.hand,
    meta: set.meta ?? record.meta,
    read: Math.max(record.read, Math.min(set.read ?? 0, newest)),
  };
}

const CHANGEABLE = [
  'name',
  'role',
  'state',
  'call',
  'media',
  'hand',
  'meta',
  'muted',
  'read',
] as const;

/** What others see change between two records of a session; `null` if nothing does. */
export function differenceOf(before: SessionRecord, after: SessionRecord): PeerChange | null {
  const was = entryOf(before);
  const is = entryOf(after);
  const changes = CHANGEABLE.filter((key) => !isSame(was[key], is[key]));
  if (changes.length === 0) return null;
  return { session: is.session, ...Object.fromEntries(changes.map((key) => [key, is[key]])) };
}

/** The values compared are plain JSON, nested one level at most. */
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);
