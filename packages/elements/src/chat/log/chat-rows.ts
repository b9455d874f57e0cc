// Turns chat entries into the rows of the log: who gets a head, where a day and the unread begin.
import type { ChatEntry } from '@rtc-elements/core';

/** How long the following messages of one person go without a head of their own. */
const GROUP_MS = 5 * 60_000;

/** One line of the log. */
export interface ChatRow {
  /** Stays the same from pending to sent, so the line is updated in place. */
  readonly key: string | number;
  readonly entry: ChatEntry;
  /** Written by the user of this page. */
  readonly own: boolean;
  /** Shows initials, name and time. */
  readonly head: boolean;
  /** A day separator stands above. */
  readonly newDay: boolean;
  /** The "New" divider stands above. */
  readonly firstNew: boolean;
}

export interface RowOptions {
  /** Our user id; `null` before the first welcome. */
  readonly user: string | null;
  /** Others' messages with a larger `seq` are new; `null`: nothing is marked as new. */
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
    // Ids are chosen by their authors, who may repeat them; only our own was there before its number.
    const key = own && !ids.has(entry.id) ? entry.id : (entry.seq ?? ` ${entry.id}`);
    if (own) ids.add(entry.id);
    return { key, entry, own, head, newDay, firstNew };
  });
}

/** Whether an entry is ours. One that is not in the room yet can only be. */
export const isOwn = (entry: ChatEntry, user: string | null): boolean =>
  entry.status !== 'sent' || entry.user === user;

/** By the days of the person reading. */
function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
