// What is said, what is kept, and what a newcomer is told of it (CH-1, CH-2, CH-4).
import {
  type ChatMessage,
  type ChatPage,
  type ChatSendMessage,
  LIMITS,
  utf8Length,
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
}

export const emptyLedger: ChatLedger = { seq: 0, count: 0, bytes: 0 };

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
});

/** What a message counts for against `LIMITS.historyBytes`. */
export const sizeOf = (message: ChatMessage): number => utf8Length(JSON.stringify(message));

/** The ledger once `message` is kept. */
export const record = (ledger: ChatLedger, message: ChatMessage): ChatLedger => ({
  seq: message.seq,
  count: ledger.count + 1,
  bytes: ledger.bytes + sizeOf(message),
});

/** The ledger once its oldest message, of `bytes`, is dropped. */
export const dropOldest = (ledger: ChatLedger, bytes: number): ChatLedger => ({
  seq: ledger.seq,
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

/**
 * The page of `welcome`: the newest messages; or, for a client that holds all but a few of them,
 * just those few, which then follow its own without a gap.
 */
export function welcomePage(
  ledger: ChatLedger,
  newest: readonly ChatMessage[],
  lastSeq: number | undefined,
): ChatPage {
  const first = newest[0]?.seq ?? ledger.seq + 1;
  // A number beyond ours is from another life of the room: it says nothing.
  if (lastSeq === undefined || lastSeq > ledger.seq || lastSeq + 1 < first) {
    return { ...pageOf(ledger, newest), ...(newest.length === 0 && { more: false }) };
  }
  return pageOf(
    ledger,
    newest.filter((message) => message.seq > lastSeq),
  );
}
