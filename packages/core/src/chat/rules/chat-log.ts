/**
 * The lines of the chat as a pure value: numbered ones in the room's order, without a hole between
 * the oldest and the newest shown, then those still on their way. Only the number tells numbered
 * lines apart (the id is the author's to choose); only the id tells our own pending ones.
 */
import type { ChatMessage, ChatPage, WelcomeChat } from '@rtc-elements/protocol';

import { patch } from '../../state/patch.js';
import type { ChatEntry, ChatState, Problem } from '../../state/room-state.js';

interface Ack {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
}

interface Numbered extends ChatEntry {
  readonly seq: number;
}

/** Nothing said yet. */
export const EMPTY_CHAT: ChatState = { entries: [], more: false, lastSeq: 0, lastRev: 0 };

/** A line that arrived live, or a revision of one (CH-8), of which only those shown concern us. */
export function addMessage(chat: ChatState, message: ChatMessage): ChatState {
  const { rev = 0 } = message;
  const known = patch(chat, { lastRev: Math.max(chat.lastRev, rev) });
  return rev > 0 && !isShown(chat, message) ? known : merge(known, [toEntry(message)]);
}

/**
 * An older page, from before `before`, or the newest (`null`). One that does not touch what is
 * shown stays out: a hole would look like silence.
 */
export function addPage(chat: ChatState, page: ChatPage, before: number | null): ChatState {
  const first = oldest(chat);
  if (first !== undefined && before !== null && before < first) return chat;
  const merged = merge(chat, page.messages.map(toEntry));
  const start = page.messages[0]?.seq ?? 0;
  return first === undefined || start < first ? patch(merged, { more: page.more }) : merged;
}

/**
 * The page of a welcome. It goes on where our `lastSeq` ended, or is empty; any other page takes
 * the place of ours, as lines between the two are missing here, or the numbers have started anew.
 */
export function addWelcomePage(chat: ChatState, page: WelcomeChat): ChatState {
  const { messages, revised = [], rev: lastRev } = page;
  const [first] = messages;
  const lines = messages.map(toEntry);
  if (oldest(chat) === undefined) {
    return patch(merge(chat, lines), { more: page.more, lastRev });
  }
  if (!first || first.seq === chat.lastSeq + 1) {
    const changed = revised.filter((message) => isShown(chat, message)).map(toEntry);
    return patch(merge(chat, [...changed, ...lines]), { lastRev });
  }
  const pending = chat.entries.filter((entry) => entry.seq === null);
  const more = page.more || first.seq > chat.lastSeq;
  return merge({ entries: pending, more, lastSeq: 0, lastRev }, lines);
}

/** Our own line, written or tried again just now. */
export const addPending = (chat: ChatState, entry: ChatEntry): ChatState => ({
  ...chat,
  entries: [...discard(chat, entry.id).entries, entry],
});

/** Our line is in the room (CH-1): it moves to its place. */
export function acknowledge(chat: ChatState, ack: Ack, user: string | undefined): ChatState {
  const pending = chat.entries.find((entry) => isPending(entry, ack.id));
  if (!pending) return chat;
  const { problem: _, ...line } = pending;
  const { id, seq, at } = ack;
  const first = oldest(chat);
  // Sent long ago, its ack lost: it belongs to a page that is not shown yet.
  if (chat.more && first !== undefined && seq < first) return discard(chat, id);
  return merge(chat, [{ ...line, seq, at, user: user ?? line.user, status: 'sent' }]);
}

/** The room will not have our line. */
export const refuse = (chat: ChatState, id: string, problem: Problem): ChatState =>
  patch(chat, {
    entries: chat.entries.map((entry) =>
      isPending(entry, id) ? { ...entry, status: 'failed', problem } : entry,
    ),
  });

/** Our line, not in the room yet, was taken back. */
export const discard = (chat: ChatState, id: string): ChatState =>
  patch(chat, { entries: chat.entries.filter((entry) => !isPending(entry, id)) });

/** Of two versions of a line the one with the higher `rev` holds, wherever it comes from (CH-8). */
function merge(chat: ChatState, incoming: readonly Numbered[]): ChatState {
  const lines = new Map(chat.entries.filter(isNumbered).map((entry) => [entry.seq, entry]));
  for (const entry of incoming) {
    const held = lines.get(entry.seq);
    if (!held || (entry.rev ?? 0) > (held.rev ?? 0)) lines.set(entry.seq, entry);
  }
  const ids = new Set(incoming.map((entry) => entry.id));
  const pending = chat.entries.filter((entry) => entry.seq === null && !ids.has(entry.id));
  const numbered = [...lines.values()].sort((a, b) => a.seq - b.seq);
  return patch(chat, {
    entries: [...numbered, ...pending],
    lastSeq: Math.max(chat.lastSeq, numbered.at(-1)?.seq ?? 0),
  });
}

const toEntry = (message: ChatMessage): Numbered => ({ ...message, status: 'sent' });

const isShown = (chat: ChatState, { seq }: ChatMessage): boolean =>
  chat.entries.some((entry) => entry.seq === seq);

const isNumbered = (entry: ChatEntry): entry is Numbered => entry.seq !== null;

const isPending = (entry: ChatEntry, id: string): boolean => entry.seq === null && entry.id === id;

/** The number of the oldest line shown. */
export const oldest = (chat: ChatState): number | undefined => chat.entries[0]?.seq ?? undefined;
