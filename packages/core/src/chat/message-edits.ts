// Requests that revise messages or search them (CH-8, CH-9).
import { isReaction, LIMITS, qualifyReaction } from '@rtc-elements/protocol';

import type { RoomChat } from '../api/room-api.js';
import type { Requests } from '../signaling/requests.js';
import { RtcError } from '../state/errors.js';
import { checkText } from './rules/check-text.js';

type MessageEdits = Pick<RoomChat, 'edit' | 'delete' | 'react' | 'search'>;

/** The methods of `Room.chat` that revise messages or search them. */
export const createMessageEdits = (requests: Requests): MessageEdits => ({
  edit: async (seq, text) => {
    await requests.ask({ type: 'chat.edit', seq, text: checkText(text) });
  },
  delete: async (seq) => {
    await requests.ask({ type: 'chat.delete', seq });
  },
  react: async (seq, emoji, on = true) => {
    const qualified = qualifyReaction(emoji);
    if (!isReaction(qualified) || qualified.length > LIMITS.reactionLength) {
      throw new RtcError('protocol', 'React with one emoji.');
    }
    await requests.ask({ type: 'chat.react', seq, emoji: qualified, on });
  },
  search: async (query, { before, limit = LIMITS.pageMessages } = {}) => {
    const words = [...query.trim()].slice(0, LIMITS.queryLength).join('').trim();
    if (words === '') throw new RtcError('text-empty', 'Write what to look for first.');
    const { messages, more } = await requests.ask({
      type: 'chat.search',
      query: words,
      limit: pageSize(limit),
      ...(before !== undefined && { before }),
    });
    return { messages, more };
  },
});

/** The number of messages to request: `limit`, kept within what a page may hold. */
export const pageSize = (limit: number): number =>
  Math.min(LIMITS.pageMessages, Math.max(1, Math.trunc(limit)));
