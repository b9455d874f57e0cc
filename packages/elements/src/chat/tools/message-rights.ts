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
export function rightsTo({ status, deleted, user }: ChatEntry, you: You | null): MessageRights {
  const answer = status === 'sent' && !deleted && you !== null;
  const edit = answer && user === you?.user;
  return { answer, edit, remove: edit || (answer && mayModerate(you)) };
}
