// Decides where the "New" divider is. Pure; the shared room counts unread messages.
import type { ChatEntry } from '@rtc-elements/core';

import { isOwn } from './chat-rows.js';

/** What the position depends on. */
export interface DividerFacts {
  readonly entries: readonly ChatEntry[];
  /** The local user's id; `null` before the first welcome. */
  readonly user: string | null;
  /** The number of unread messages, now and before this change. */
  readonly unread: number;
  readonly wasUnread: number;
  /** Whether the end of the log is visible. */
  readonly seen: boolean;
}

/**
 * The divider is above the first message of somebody else after the returned `seq`; `null` if there is
 * no divider. It stays while its messages are read, moves down only when new ones arrive unseen, and
 * disappears when the local user writes.
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
