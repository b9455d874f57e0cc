/**
 * What a room keeps in memory about each message: enough to recognise a resend, to number the next
 * message and to choose which to drop, without reading storage.
 */
import { type ChatMessage, LIMITS } from '@rtc-elements/protocol';

import {
  type ChatLedger,
  dropOldest,
  emptyLedger,
  isOverfull,
  oldestSeq,
  record,
  sizeOf,
} from './chat.js';

/** One message without its text. Storage has these keys. */
export interface IndexEntry {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly user: string;
  readonly bytes: number;
  readonly rev?: number;
}

export const indexEntryOf = (message: ChatMessage): IndexEntry => ({
  seq: message.seq,
  id: message.id,
  at: message.at,
  user: message.user,
  bytes: sizeOf(message),
  ...(message.rev !== undefined && { rev: message.rev }),
});

/** What the author is told, at first and after a resend. */
export interface ChatReceipt {
  readonly seq: number;
  readonly at: number;
}

/** The index entry of a new message, and what it displaced. */
export interface Placed {
  readonly entry: IndexEntry;
  /** Messages that are no longer kept, oldest first. */
  readonly dropped: readonly IndexEntry[];
  /** Numbers of messages whose resend would no longer be recognised. */
  readonly forgotten: readonly number[];
}

/** The numbers of the messages in a page, first and last; `null` if there are none. */
export type PageRange = readonly [first: number, last: number] | null;

const ackKey = (user: string, id: string): string => `${user}:${id}`;

export class ChatIndex {
  readonly #most: number;
  readonly #entries = new Map<number, IndexEntry>();
  readonly #acks = new Map<string, number>();
  #ledger: ChatLedger;
  /** No lower number is remembered. */
  #oldest: number;

  /**
   * `kept` are the messages in storage, `remembered` those whose resend is still recognised; both in
   * order. `rev` is the number of revisions so far.
   */
  constructor(
    most: number,
    kept: readonly IndexEntry[] = [],
    remembered: readonly IndexEntry[] = [],
    rev = 0,
  ) {
    this.#most = most;
    for (const entry of [...remembered, ...kept]) this.#remember(entry);
    const seq = (kept.at(-1) ?? remembered.at(-1))?.seq ?? 0;
    this.#oldest = Math.min(...[remembered[0], kept[0]].map((entry) => entry?.seq ?? seq + 1));
    const bytes = kept.reduce((sum, entry) => sum + entry.bytes, 0);
    this.#ledger = { ...emptyLedger, seq, count: kept.length, bytes, rev };
  }

  get ledger(): ChatLedger {
    return this.#ledger;
  }

  get(seq: number): IndexEntry | undefined {
    return this.#entries.get(seq);
  }

  /** The receipt of a message that `user` has sent under `id` before; `null` if there is none. */
  receipt(user: string, id: string): ChatReceipt | null {
    const entry = this.#entries.get(this.#acks.get(ackKey(user, id)) ?? 0);
    return entry ? { seq: entry.seq, at: entry.at } : null;
  }

  /** The messages before `before`: up to `limit` with no more than `mostBytes`, but at least one (CH-2). */
  rangeBefore(before: number, limit: number, mostBytes: number = LIMITS.pageBytes): PageRange {
    const last = Math.min(before - 1, this.#ledger.seq);
    const least = Math.max(oldestSeq(this.#ledger), last - limit + 1);
    let bytes = this.#bytesOf(last);
    let first = last;
    while (first > least && (bytes += this.#bytesOf(first - 1)) <= mostBytes) first -= 1;
    return last < least ? null : [first, last];
  }

  /** The same for the messages after `after`, of a page. */
  rangeAfter(after: number, limit: number): PageRange {
    const first = Math.max(after + 1, oldestSeq(this.#ledger));
    const most = Math.min(this.#ledger.seq, first + limit - 1);
    let bytes = this.#bytesOf(first);
    let last = first;
    while (last < most && (bytes += this.#bytesOf(last + 1)) <= LIMITS.pageBytes) last += 1;
    return most < first ? null : [first, last];
  }

  /** Adds the next message, and drops the oldest beyond the limits (CH-4). */
  place(message: ChatMessage): Placed {
    const entry = indexEntryOf(message);
    const dropped: IndexEntry[] = [];
    let ledger = record(this.#ledger, entry.bytes);
    while (isOverfull(ledger, this.#most)) {
      const oldest = this.#entries.get(oldestSeq(ledger));
      ledger = dropOldest(ledger, (oldest ?? entry).bytes);
      if (oldest) dropped.push(oldest);
    }
    this.#ledger = ledger;
    this.#remember(entry);
    return { entry, dropped, forgotten: this.#forget() };
  }

  /** Replaces a kept message by its revision. */
  revise(message: ChatMessage): void {
    const before = this.#entries.get(message.seq);
    const entry = indexEntryOf(message);
    this.#entries.set(entry.seq, entry);
    const bytes = this.#ledger.bytes - (before?.bytes ?? 0) + entry.bytes;
    this.#ledger = { ...this.#ledger, bytes, rev: message.rev ?? this.#ledger.rev };
  }

  #bytesOf(seq: number): number {
    return this.#entries.get(seq)?.bytes ?? 0;
  }

  #remember(entry: IndexEntry): void {
    this.#entries.set(entry.seq, entry);
    this.#acks.set(ackKey(entry.user, entry.id), entry.seq);
  }

  /** Forgets what is older than both the messages kept and a full outbox (CH-5). */
  #forget(): number[] {
    const forgotten: number[] = [];
    const last = this.#ledger.seq - Math.max(this.#most, LIMITS.outboxMessages);
    for (; this.#oldest <= last; this.#oldest += 1) {
      const seq = this.#oldest;
      const entry = this.#entries.get(seq);
      if (!entry) continue;
      this.#entries.delete(seq);
      const key = ackKey(entry.user, entry.id);
      if (this.#acks.get(key) === seq) this.#acks.delete(key);
      forgotten.push(seq);
    }
    return forgotten;
  }
}
