// Changing lines of the chat and looking for them, as requests (CH-8, CH-9).
import { isReaction, LIMITS } from '@rtc-elements/protocol';

import { checkText } from './rules/check-text.js';
import { RtcError } from '../state/errors.js';
import type { ChatAnnex } from '../ports.js';
import type { Requests } from '../signaling/requests.js';

export const createRevisions = (requests: Requests): Omit<ChatAnnex, 'history'> => ({
  edit: async (seq, text) => {
    await requests.ask({ type: 'chat.edit', seq, text: checkText(text) });
  },
  delete: async (seq) => {
    await requests.ask({ type: 'chat.delete', seq });
  },
  react: async (seq, emoji, on = true) => {
    if (!isReaction(emoji) || emoji.length > LIMITS.reactionLength) {
      throw new RtcError('protocol', 'React with one emoji.');
    }
    await requests.ask({ type: 'chat.react', seq, emoji, on });
  },
  search: async (query, { before, limit = LIMITS.pageMessages } = {}) => {
    const words = [...query.trim()].slice(0, LIMITS.queryLength).join('').trim();
    if (words === '') throw new RtcError('text-empty', 'Write what to look for first.');
    const { messages, more } = await requests.ask({
      type: 'chat.search',
      query: words,
      limit: Math.min(LIMITS.pageMessages, Math.max(1, Math.trunc(limit))),
      ...(before !== undefined && { before }),
    });
    return { messages, more };
  },
});
