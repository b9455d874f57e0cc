// What the local user may do with a message. Pure; the room has the final say (MO-1).
import type { ChatEntry, You } from '@rtc-elements/core';

import { mayModerate } from '../../view/may-moderate.js';

/** The emoji to react with: few enough to find one at a glance. */
export const PALETTE = ['👍', '❤️', '😂', '🎉', '😮', '🙏'] as const;

/** What the local user may do with one message. */
export interface MessageRights {
  readonly answer: boolean;
  readonly edit: boolean;
  readonly remove: boolean;
}

/** Messages that are not sent yet, or are deleted, allow nothing. */
export function rightsTo(
  { status, deleted, user, file }: ChatEntry,
  you: You | null,
): MessageRights {
  const answer = status === 'sent' && !deleted && you !== null;
  const isOwn = answer && user === you?.user;
  // What a message says of a file cannot be changed (CH-11).
  return { answer, edit: isOwn && !file, remove: isOwn || (answer && mayModerate(you)) };
}
