// Turns chat entries into rows of the log: which ones get a head, and where a day or the unread ones
// begin.
import type { ChatEntry } from '@rtc-elements/core';

/** How long consecutive messages of one person share a head. */
const GROUP_MS = 5 * 60_000;

/** One message of the log. */
export interface ChatRow {
  /** Stays the same from pending to sent, so that the message is updated in place. */
  readonly key: string | number;
  readonly entry: ChatEntry;
  /** Whether the local user wrote it. */
  readonly own: boolean;
  /** Whether it shows initials, name and time. */
  readonly head: boolean;
  /** Whether there is a day separator above it. */
  readonly newDay: boolean;
  /** Whether the "New" divider is above it. */
  readonly firstNew: boolean;
}

export interface RowOptions {
  /** The local user's id; `null` before the first welcome. */
  readonly user: string | null;
  /** Messages of others with a larger `seq` are new; `null` if none are marked as new. */
  readonly newAfter: number | null;
}

/** Lays out all entries, oldest first. */
export function layOutRows(entries: readonly ChatEntry[], options: RowOptions): readonly ChatRow[] {
  let previous: ChatEntry | null = null;
  let headAt = 0;
  let isMarked = options.newAfter === null;
  const ids = new Set<string>();
  return entries.map((entry) => {
    const own = isOwn(entry, options.user);
    const newDay = previous === null || !isSameDay(previous.at, entry.at);
    const firstNew = !isMarked && !own && (entry.seq ?? 0) > (options.newAfter ?? 0);
    const head =
      newDay ||
      firstNew ||
      previous?.user !== entry.user ||
      previous.name !== entry.name ||
      entry.at - headAt > GROUP_MS;
    if (head) headAt = entry.at;
    isMarked ||= firstNew;
    previous = entry;
    // Authors choose ids and may repeat them. Only the local user's messages appear before they have a
    // number.
    const key = own && !ids.has(entry.id) ? entry.id : (entry.seq ?? ` ${entry.id}`);
    if (own) ids.add(entry.id);
    return { key, entry, own, head, newDay, firstNew };
  });
}

/**
 * Whether the local user wrote an entry, as is always the case for one that the room does not have yet.
 */
export const isOwn = (entry: ChatEntry, user: string | null): boolean =>
  entry.status !== 'sent' || entry.user === user;

/** Compares days in the reader's time zone. */
function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
