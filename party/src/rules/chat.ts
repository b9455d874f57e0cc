// How messages are numbered, how many are kept, and which ones `welcome` brings (CH-1, CH-2, CH-4).
import {
  type ChatMessage,
  type ChatPage,
  type ChatSendMessage,
  LIMITS,
  utf8Length,
  type WelcomeChat,
} from '@rtc-elements/protocol';

import type { SessionRecord } from './room-book.js';

/** What the room knows of its history without reading it. Numbers have no gaps. */
export interface ChatLedger {
  /** The last number given; 0 if none was. */
  readonly seq: number;
  /** How many messages are kept: the newest. */
  readonly count: number;
  /** The size of the messages kept, as {@link sizeOf} counts it. */
  readonly bytes: number;
  /** The number of revisions so far (CH-8). */
  readonly rev: number;
}

export const emptyLedger: ChatLedger = { seq: 0, count: 0, bytes: 0, rev: 0 };

/** The message that `send` becomes, under the next number. */
export const numberMessage = (
  ledger: ChatLedger,
  author: SessionRecord,
  send: ChatSendMessage,
  at: number,
): ChatMessage => ({
  seq: ledger.seq + 1,
  id: send.id,
  at,
  user: author.user,
  name: author.name,
  kind: send.file ? 'file' : 'text',
  text: send.text,
  ...(send.file && { file: send.file }),
  ...(send.replyTo !== undefined && { replyTo: send.replyTo }),
});

/** The bytes that a message counts against `LIMITS.historyBytes`. */
export const sizeOf = (message: ChatMessage): number => utf8Length(JSON.stringify(message));

/** The ledger with the next message, of `bytes`, added. */
export const record = (ledger: ChatLedger, bytes: number): ChatLedger => ({
  ...ledger,
  seq: ledger.seq + 1,
  count: ledger.count + 1,
  bytes: ledger.bytes + bytes,
});

/** The ledger without its oldest message, of `bytes`. */
export const dropOldest = (ledger: ChatLedger, bytes: number): ChatLedger => ({
  ...ledger,
  count: ledger.count - 1,
  bytes: Math.max(0, ledger.bytes - bytes),
});

/** The number of the oldest message kept. */
export const oldestSeq = (ledger: ChatLedger): number => ledger.seq - ledger.count + 1;

/** Whether the oldest message must be dropped (CH-4). */
export const isOverfull = (ledger: ChatLedger, most: number): boolean =>
  ledger.count > most || (ledger.count > 0 && ledger.bytes > LIMITS.historyBytes);

/** How many of `messages` fit a page, from the first on; at least one, if there is one (CH-2). */
export function countThatFits(messages: readonly ChatMessage[]): number {
  let bytes = 0;
  const end = messages.findIndex((message, index) => {
    bytes += sizeOf(message);
    return index > 0 && bytes > LIMITS.pageBytes;
  });
  return end < 0 ? messages.length : end;
}

/** The newest of `messages`, which are oldest first, as many as fit a page. */
export const newestThatFit = (messages: readonly ChatMessage[]): readonly ChatMessage[] =>
  messages.slice(messages.length - countThatFits(messages.toReversed()));

/** A page of `messages`, which are oldest first. */
export function pageOf(ledger: ChatLedger, messages: readonly ChatMessage[]): ChatPage {
  const first = messages[0];
  return { messages, more: first ? first.seq > oldestSeq(ledger) : ledger.count > 0 };
}

/** The chat that a client already holds, as `hello` says. */
export interface Held {
  readonly lastSeq?: number;
  readonly lastRev?: number;
}

/** The chat that the room has in memory: the newest messages and the latest revisions. */
export interface Recent {
  readonly newest: readonly ChatMessage[];
  /** The messages revised after `rev`; `null` if they are more than memory holds. */
  revisedSince(rev: number): readonly ChatMessage[] | null;
}

/**
 * The page in `welcome`: the newest messages. A client that lacks only some of them gets just those,
 * which continue its own without a gap, and the revisions of those it holds (CH-8).
 */
export function welcomePage(
  ledger: ChatLedger,
  { newest, revisedSince }: Recent,
  held: Held,
): WelcomeChat {
  const { lastSeq, lastRev = 0 } = held;
  const { rev } = ledger;
  const first = newest[0]?.seq ?? ledger.seq + 1;
  // A number above ours dates from before the room was erased, so it means nothing.
  const isKnown = lastSeq !== undefined && lastSeq <= ledger.seq && lastRev <= rev;
  const revised = isKnown && lastSeq + 1 >= first ? revisedSince(lastRev) : null;
  const missed = newest.filter((message) => message.seq > (lastSeq ?? 0));
  const own = (revised ?? []).filter((message) => message.seq <= (lastSeq ?? 0));
  const news = [...own, ...missed];
  if (!revised || countThatFits(news) < news.length)
    return { ...apartFrom(ledger, newest, lastSeq), rev };
  return { ...pageOf(ledger, missed), rev, ...(own.length > 0 && { revised: own }) };
}

/** The newest page, for a client that starts over with it. */
function apartFrom(
  ledger: ChatLedger,
  newest: readonly ChatMessage[],
  lastSeq: number | undefined,
): ChatPage {
  const page = newestThatFit(newest);
  const [first] = page;
  // A page that starts right after the client's last message would look like its continuation.
  const apart = page.length > 1 && first && first.seq - 1 === lastSeq ? page.slice(1) : page;
  return { ...pageOf(ledger, apart), ...(apart.length === 0 && { more: false }) };
}
