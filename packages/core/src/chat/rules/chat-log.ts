/**
 * The messages of the chat as a pure value: first the numbered ones in the room's order, without a gap
 * between the oldest and the newest shown, then our own pending ones. Numbered messages are identified
 * by number only, because the author chooses the id; our pending ones have no number and are identified
 * by id.
 */
import {
  type ChatMessage,
  type ChatPage,
  mergeReactions,
  type WelcomeChat,
} from '@rtc-elements/protocol';

import { patch } from '../../state/patch.js';
import type { ChatEntry, ChatState, Problem } from '../../state/room-state.js';

interface Ack {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
}

/** A message that the room has stored and numbered. */
interface Numbered extends ChatEntry {
  readonly seq: number;
}

/** A chat without messages. */
export const EMPTY_CHAT: ChatState = { entries: [], more: false, lastSeq: 0, lastRev: 0 };

/** Adds a message that arrived live. A revision (CH-8) is applied only if its message is shown. */
export function addMessage(chat: ChatState, message: ChatMessage): ChatState {
  const { rev = 0 } = message;
  const known = patch(chat, { lastRev: Math.max(chat.lastRev, rev) });
  return rev > 0 && !isShown(chat, message) ? known : merge(known, [toEntry(message)]);
}

/**
 * Adds the page before `before`, or the newest page (`null`). A page that does not adjoin the messages
 * shown is dropped, because readers could not see the gap.
 */
export function addPage(chat: ChatState, page: ChatPage, before: number | null): ChatState {
  const first = oldest(chat);
  if (first !== undefined && before !== null && before < first) return chat;
  const merged = merge(chat, page.messages.map(toEntry));
  const start = page.messages[0]?.seq ?? 0;
  return first === undefined || start < first ? patch(merged, { more: page.more }) : merged;
}

/**
 * Adds the page of a welcome. If it continues from our `lastSeq`, or is empty, it is appended. Any other
 * page replaces what we hold: messages in between are missing, or the room restarted its numbering.
 */
export function addWelcomePage(chat: ChatState, page: WelcomeChat): ChatState {
  const { messages, revised = [], rev: lastRev } = page;
  const [first] = messages;
  const added = messages.map(toEntry);
  if (oldest(chat) === undefined) {
    return patch(merge(chat, added), { more: page.more, lastRev });
  }
  if (!first || first.seq === chat.lastSeq + 1) {
    const changed = revised.filter((message) => isShown(chat, message)).map(toEntry);
    return patch(merge(chat, [...changed, ...added]), { lastRev });
  }
  const pending = chat.entries.filter((entry) => entry.seq === null);
  const more = page.more || first.seq > chat.lastSeq;
  return merge({ entries: pending, more, lastSeq: 0, lastRev }, added);
}

/** Adds a message of ours that was just written or is being retried. */
export const addPending = (chat: ChatState, entry: ChatEntry): ChatState => ({
  ...chat,
  entries: [...discard(chat, entry.id).entries, entry],
});

/** Moves a message of ours to its place in the order, now that the room has stored it (CH-1). */
export function acknowledge(chat: ChatState, ack: Ack, user: string | undefined): ChatState {
  const pending = chat.entries.find((entry) => isPending(entry, ack.id));
  if (!pending) return chat;
  const { problem: _, ...message } = pending;
  const { id, seq, at } = ack;
  const first = oldest(chat);
  // It was sent long ago and its ack was lost, so it belongs to a page that is not shown yet.
  if (chat.more && first !== undefined && seq < first) return discard(chat, id);
  return merge(chat, [{ ...message, seq, at, user: user ?? message.user, status: 'sent' }]);
}

/** Marks a message of ours as failed, because the room refused it. */
export const refuse = (chat: ChatState, id: string, problem: Problem): ChatState =>
  patch(chat, {
    entries: chat.entries.map((entry) =>
      isPending(entry, id) ? { ...entry, status: 'failed', problem } : entry,
    ),
  });

/** Removes a message of ours that the room has not stored. */
export const discard = (chat: ChatState, id: string): ChatState =>
  patch(chat, { entries: chat.entries.filter((entry) => !isPending(entry, id)) });

/** Merges messages into the log. Of two versions, the higher `rev` wins, whatever its source (CH-8). */
function merge(chat: ChatState, incoming: readonly Numbered[]): ChatState {
  const numberedBySeq = new Map(chat.entries.filter(isNumbered).map((entry) => [entry.seq, entry]));
  for (const entry of incoming) {
    const held = numberedBySeq.get(entry.seq);
    if (!held || (entry.rev ?? 0) > (held.rev ?? 0)) numberedBySeq.set(entry.seq, entry);
  }
  const ids = new Set(incoming.map((entry) => entry.id));
  const pending = chat.entries.filter((entry) => entry.seq === null && !ids.has(entry.id));
  const numbered = [...numberedBySeq.values()].sort((a, b) => a.seq - b.seq);
  return patch(chat, {
    entries: [...numbered, ...pending],
    lastSeq: Math.max(chat.lastSeq, numbered.at(-1)?.seq ?? 0),
  });
}

/** An older room may list two forms of one emoji (CH-8). */
const toEntry = (message: ChatMessage): Numbered => ({
  ...message,
  ...(message.reactions && { reactions: mergeReactions(message.reactions) }),
  status: 'sent',
});

const isShown = (chat: ChatState, { seq }: ChatMessage): boolean =>
  chat.entries.some((entry) => entry.seq === seq);

const isNumbered = (entry: ChatEntry): entry is Numbered => entry.seq !== null;

const isPending = (entry: ChatEntry, id: string): boolean => entry.seq === null && entry.id === id;

/** The number of the oldest message shown; `undefined` if there is none. */
export const oldest = (chat: ChatState): number | undefined => chat.entries[0]?.seq ?? undefined;
