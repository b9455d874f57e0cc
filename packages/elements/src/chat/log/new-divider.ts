// Says where the "New" divider stands. Pure: what is unread is counted by the session.
import type { ChatEntry } from '@rtc-elements/core';

import { isOwn } from './chat-rows.js';

/** What is true when the divider may move. */
export interface DividerFacts {
  readonly entries: readonly ChatEntry[];
  /** Our user id; `null` before the first welcome. */
  readonly user: string | null;
  /** Messages of others that were not seen, now and before this change. */
  readonly unread: number;
  readonly wasUnread: number;
  /** The end of the log is before somebody's eyes. */
  readonly seen: boolean;
}

/**
 * The divider stands above the first message of others after the returned `seq`; `null`: there is
 * none. It stays while its messages are read, moves down only when new ones arrive unseen, and goes
 * when we write ourselves.
 */
export function moveDivider(newAfter: number | null, facts: DividerFacts): number | null {
  const { entries, user, unread, wasUnread, seen } = facts;
  if (!seen && unread > 0 && wasUnread === 0) return firstUnreadSeq(entries, user, unread) - 1;
  const last = entries.at(-1);
  return seen && last && last.status !== 'failed' && isOwn(last, user) ? null : newAfter;
}

function firstUnreadSeq(
  entries: readonly ChatEntry[],
  user: string | null,
  unread: number,
): number {
  const foreign = entries.filter((entry) => !isOwn(entry, user));
  return foreign.at(-unread)?.seq ?? foreign[0]?.seq ?? 0;
}
