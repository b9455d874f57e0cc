// What is said, what is kept, and what a newcomer is told of it (CH-1, CH-2, CH-4).
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
  /** The newest number given; 0 for none. */
  readonly seq: number;
  /** How many of the newest are kept. */
  readonly count: number;
  /** Their size. */
  readonly bytes: number;
  /** How many revisions there were (CH-8). */
  readonly rev: number;
}

export const emptyLedger: ChatLedger = { seq: 0, count: 0, bytes: 0, rev: 0 };

/** A message under the next number. `at` never runs back, even if the clock does. */
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
  kind: 'text',
  text: send.text,
  ...(send.replyTo !== undefined && { replyTo: send.replyTo }),
});

/** What a message counts for against `LIMITS.historyBytes`. */
export const sizeOf = (message: ChatMessage): number => utf8Length(JSON.stringify(message));

/** The ledger once the next message, of `bytes`, is kept. */
export const record = (ledger: ChatLedger, bytes: number): ChatLedger => ({
  ...ledger,
  seq: ledger.seq + 1,
  count: ledger.count + 1,
  bytes: ledger.bytes + bytes,
});

/** The ledger once its oldest message, of `bytes`, is dropped. */
export const dropOldest = (ledger: ChatLedger, bytes: number): ChatLedger => ({
  ...ledger,
  count: ledger.count - 1,
  bytes: Math.max(0, ledger.bytes - bytes),
});

/** Number of the oldest message kept. */
export const oldestSeq = (ledger: ChatLedger): number => ledger.seq - ledger.count + 1;

/** Whether the oldest must go (CH-4). */
export const isOverfull = (ledger: ChatLedger, most: number): boolean =>
  ledger.count > most || (ledger.count > 0 && ledger.bytes > LIMITS.historyBytes);

/** `messages`, oldest first, as a page. */
export function pageOf(ledger: ChatLedger, messages: readonly ChatMessage[]): ChatPage {
  const first = messages[0];
  return { messages, more: first ? first.seq > oldestSeq(ledger) : ledger.count > 0 };
}

/** What a client says it holds. */
export interface Held {
  readonly lastSeq?: number;
  readonly lastRev?: number;
}

/** What a room can tell at once: its newest messages, and what was revised since a revision. */
export interface Recent {
  readonly newest: readonly ChatMessage[];
  /** `null`: too much of it. */
  revisedSince(rev: number): readonly ChatMessage[] | null;
}

/**
 * The page of `welcome`: the newest messages; or, for a client that holds all but a few of them,
 * just those few, which then follow its own without a gap, and what was revised of its own (CH-8).
 */
export function welcomePage(
  ledger: ChatLedger,
  { newest, revisedSince }: Recent,
  held: Held,
): WelcomeChat {
  const { lastSeq, lastRev = 0 } = held;
  const { rev } = ledger;
  const first = newest[0]?.seq ?? ledger.seq + 1;
  // A number beyond ours is from another life of the room: it says nothing.
  const isKnown = lastSeq !== undefined && lastSeq <= ledger.seq && lastRev <= rev;
  const revised = isKnown && lastSeq + 1 >= first ? revisedSince(lastRev) : null;
  if (!revised || lastSeq === undefined) {
    // One that begins where the client ends would be taken for its continuation.
    const apart = newest.length > 1 && first - 1 === lastSeq ? newest.slice(1) : newest;
    return { ...pageOf(ledger, apart), ...(apart.length === 0 && { more: false }), rev };
  }
  const missed = newest.filter((message) => message.seq > lastSeq);
  const own = revised.filter((message) => message.seq <= lastSeq);
  return { ...pageOf(ledger, missed), rev, ...(own.length > 0 && { revised: own }) };
}
