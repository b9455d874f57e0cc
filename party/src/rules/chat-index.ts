/**
 * What a room keeps in memory of every message it remembers: enough to know a resend, to number the
 * next one and to see which must go, without reading storage.
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

/** One message, without its text. */
export interface IndexEntry {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly user: string;
  readonly bytes: number;
  /** How many of the newest were kept once this one was. */
  readonly count: number;
  readonly rev?: number;
}

/** What the author is told, now or again. */
export interface ChatReceipt {
  readonly seq: number;
  readonly at: number;
}

/** A message in its place, and what it pushed out. */
export interface Placed {
  readonly entry: IndexEntry;
  /** Messages that are not kept any more, oldest first. */
  readonly dropped: readonly IndexEntry[];
  /** Numbers whose resend would not be known any more. */
  readonly forgotten: readonly number[];
}

const ackKey = (user: string, id: string): string => `${user}:${id}`;

export class ChatIndex {
  readonly #most: number;
  readonly #entries = new Map<number, IndexEntry>();
  readonly #acks = new Map<string, number>();
  #ledger: ChatLedger;

  /** `entries` in order, as they were stored; `rev`: how many revisions there were. */
  constructor(most: number, entries: Iterable<IndexEntry> = [], rev = 0) {
    this.#most = most;
    for (const entry of entries) this.#remember(entry);
    const last = [...this.#entries.values()].at(-1);
    const { seq = 0, count = 0 } = last ?? {};
    const kept = [...this.#entries.values()].filter((entry) => entry.seq > seq - count);
    const bytes = kept.reduce((sum, entry) => sum + entry.bytes, 0);
    this.#ledger = { ...emptyLedger, seq, count, bytes, rev };
  }

  get ledger(): ChatLedger {
    return this.#ledger;
  }

  get(seq: number): IndexEntry | undefined {
    return this.#entries.get(seq);
  }

  /** Of what this user has said under this id before. */
  receipt(user: string, id: string): ChatReceipt | null {
    const entry = this.#entries.get(this.#acks.get(ackKey(user, id)) ?? 0);
    return entry ? { seq: entry.seq, at: entry.at } : null;
  }

  /** Takes in the next message (CH-4). */
  place(message: ChatMessage): Placed {
    const { seq, id, at, user } = message;
    const bytes = sizeOf(message);
    const dropped: IndexEntry[] = [];
    let ledger = record(this.#ledger, message);
    while (isOverfull(ledger, this.#most)) {
      const oldest = this.#entries.get(oldestSeq(ledger));
      ledger = dropOldest(ledger, oldest?.bytes ?? bytes);
      if (oldest) dropped.push(oldest);
    }
    this.#ledger = ledger;
    const entry = { seq, id, at, user, bytes, count: ledger.count };
    this.#remember(entry);
    return { entry, dropped, forgotten: this.#forget() };
  }

  /** A message that is kept is another one now. */
  revise(message: ChatMessage, rev: number): IndexEntry | null {
    const before = this.#entries.get(message.seq);
    if (!before || message.seq < oldestSeq(this.#ledger)) return null;
    const entry = { ...before, bytes: sizeOf(message), rev };
    this.#entries.set(entry.seq, entry);
    const bytes = this.#ledger.bytes - before.bytes + entry.bytes;
    this.#ledger = { ...this.#ledger, bytes, rev };
    return entry;
  }

  #remember(entry: IndexEntry): void {
    this.#entries.set(entry.seq, entry);
    this.#acks.set(ackKey(entry.user, entry.id), entry.seq);
  }

  /** As many as are kept, and as an outbox holds. */
  #forget(): number[] {
    const forgotten: number[] = [];
    for (const { seq, user, id } of this.#entries.values()) {
      if (seq > this.#ledger.seq - Math.max(this.#most, LIMITS.outboxMessages)) break;
      this.#entries.delete(seq);
      if (this.#acks.get(ackKey(user, id)) === seq) this.#acks.delete(ackKey(user, id));
      forgotten.push(seq);
    }
    return forgotten;
  }
}
