// What may be done with a line, by whom. Pure; the room has the last word (MO-1).
import type { ChatEntry, You } from '@rtc-elements/core';

import { mayModerate } from '../../view/may-moderate.js';

/** Emoji to react with: few, so that they are found at a glance. */
export const PALETTE = ['👍', '❤️', '😂', '🎉', '😮', '🙏'] as const;

/** What we may do with one line. */
export interface MessageRights {
  readonly answer: boolean;
  readonly edit: boolean;
  readonly remove: boolean;
}

/** Nothing with what is not in the room, or not any more. */
export function rightsTo({ status, deleted, user }: ChatEntry, you: You | null): MessageRights {
  const answer = status === 'sent' && !deleted && you !== null;
  const edit = answer && user === you?.user;
  return { answer, edit, remove: edit || (answer && mayModerate(you)) };
}
