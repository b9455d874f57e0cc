/**
 * Stores the chat (CH-1, CH-2, CH-4, CH-8): one key per message, its zero-padded number. Messages that
 * arrive during a write go into the next one together. A deployment that keeps fewer messages than an
 * outbox holds stores a second key for each, which outlives the message so that a resend is recognised.
 */
import {
  type ChatMessage,
  type ChatPage,
  type ChatSearchMessage,
  type ChatSendMessage,
  LIMITS,
  type WelcomeChat,
} from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import { type Held, numberMessage, pageOf, sizeOf, welcomePage } from '../rules/chat.js';
import {
  ChatIndex,
  type ChatReceipt,
  type IndexEntry,
  indexEntryOf,
  type PageRange,
} from '../rules/chat-index.js';
import { RecentRevisions } from '../rules/recent-revisions.js';
import { revise, type Revised, type Reviser, type RevisionRequest } from '../rules/revision.js';
import type { SessionRecord } from '../rules/room-book.js';
import { SerialQueue } from './serial-queue.js';

/** The key of the number of revisions. */
const REV = 'chat';
const padded = (seq: number): string => String(seq).padStart(16, '0');
const messageKey = (seq: number): string => `m:${padded(seq)}`;
const indexKey = (seq: number): string => `i:${padded(seq)}`;
/** The key that holds the number of the message that revision `rev` changed; one per revised message. */
const revisionKey = (rev: number): string => `r:${padded(rev)}`;

/** A message has two keys at most, and no runtime takes more than 128 in one write. */
const MESSAGES_PER_WRITE = 60;
/** How much a search reads at a time: no more than what takes some milliseconds. */
const SEARCH_MESSAGES = 200;
const SEARCH_BYTES = 262_144;
export interface Appended {
  readonly receipt: ChatReceipt;
  /** `null` for a resend, which is not delivered again. */
  readonly message: ChatMessage | null;
}

/** What became of a message; `out-of-order`: the one before it is not stored, so neither is this (CH-10). */
export type AppendResult = Appended | 'out-of-order';

interface Waiting {
  readonly author: SessionRecord;
  readonly send: ChatSendMessage;
  readonly now: number;
  resolve(result: AppendResult): void;
  reject(cause: unknown): void;
}

/** Numbers and writes messages in order, even though storage runs calls concurrently. */
export class HistoryStore {
  readonly #store: RoomStore;
  readonly #most: number;
  /** Whether index entries are stored, so that resends are recognised after their message is dropped. */
  readonly #remembers: boolean;
  readonly #queue = new SerialQueue(LIMITS.waitingWrites);
  #waiting: Waiting[] = [];
  #index: ChatIndex;
  #newest: readonly ChatMessage[] = [];
  #revisions = new RecentRevisions();
  #loading: Promise<void> | null = null;

  constructor(store: RoomStore, most: number) {
    this.#store = store;
    this.#most = most;
    this.#remembers = most < LIMITS.outboxMessages;
    this.#index = new ChatIndex(most);
  }

  /** Reads the history, once. Everything that says "once loaded" needs this first. */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** The page for `welcome`, once loaded. */
  welcome(held: Held): WelcomeChat {
    const revisedSince = (rev: number) => this.#revisions.since(rev);
    return welcomePage(this.#index.ledger, { newest: this.#newest, revisedSince }, held);
  }

  /** The number of the newest message, once loaded. */
  get seq(): number {
    return this.#index.ledger.seq;
  }

  /** How many messages are kept, once loaded. */
  get count(): number {
    return this.#index.ledger.count;
  }

  /** Whether so many wait to be stored that another one would be refused (FL-4). */
  get isBusy(): boolean {
    return this.#queue.isFull || this.#waiting.length >= LIMITS.waitingWrites;
  }

  /** Stores a message durably, unless it is stored already (CH-1). Rejects if it could not be stored. */
  append(author: SessionRecord, send: ChatSendMessage, now: number): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ author, send, now, resolve, reject });
      // Messages that arrive while this one waits for its turn are written with it.
      if (this.#waiting.length === 1) void this.#queue.run(() => this.#writeWaiting());
    });
  }

  /** Stores a revision durably (CH-8). Resolves with the revised message, or with why there is none. */
  revise(request: RevisionRequest, by: Reviser): Promise<Revised> {
    return this.#queue.run(() => this.#revise(request, by));
  }

  /** The page that ends before `before`, or the newest page (CH-2). */
  async page(before: number | undefined, limit: number): Promise<ChatPage> {
    await this.load();
    const range = this.#index.rangeBefore(before ?? Infinity, limit);
    const messages = await this.#readRange(range);
    return messages.length === 0 ? { messages, more: false } : pageOf(this.#index.ledger, messages);
  }

  /** The page that starts after `after` (CH-2). */
  async pageAfter(after: number, limit: number): Promise<ChatPage> {
    await this.load();
    const range = this.#index.rangeAfter(after, limit);
    const messages = await this.#readRange(range);
    return { messages, more: range !== null && range[1] < this.seq };
  }

  /** The newest messages that contain a text (CH-9). Calls `pause` before it reads more. */
  async search(
    { query, before, limit }: ChatSearchMessage,
    pause: () => Promise<void>,
  ): Promise<ChatPage> {
    await this.load();
    const wanted = comparable(query.trim());
    const found: ChatMessage[] = [];
    let bytes = 0;
    for (let end = before ?? Infinity; ;) {
      await pause();
      const range = this.#index.rangeBefore(end, SEARCH_MESSAGES, SEARCH_BYTES);
      if (!range) return { messages: found.reverse(), more: false };
      for (const message of (await this.#readRange(range)).toReversed()) {
        if (!comparable(message.text).includes(wanted)) continue;
        bytes += sizeOf(message);
        if (found.length === limit || (found.length > 0 && bytes > LIMITS.pageBytes)) {
          return { messages: found.reverse(), more: true };
        }
        found.push(message);
      }
      [end] = range;
    }
  }

  /** Every message that is kept, oldest first, a page at a time. */
  async *pages(): AsyncGenerator<readonly ChatMessage[]> {
    let last = 0;
    for (let more = true; more;) {
      const page = await this.pageAfter(last, LIMITS.pageMessages);
      yield page.messages;
      last = page.messages.at(-1)?.seq ?? last;
      more = page.more && page.messages.length > 0;
    }
  }

  /** Storage was erased: the next call reads it again. */
  forget(): void {
    this.#loading = null;
  }

  async #read(): Promise<void> {
    const [rev, messages, remembered, revised] = await Promise.all([
      this.#store.get<number>(REV),
      this.#store.list<ChatMessage>({ prefix: 'm:' }),
      this.#remembers ? this.#store.list<IndexEntry>({ prefix: 'i:' }) : new Map(),
      this.#readRevised(),
    ]);
    const kept = unbroken([...messages.values()]);
    const entries = kept.map(indexEntryOf);
    this.#index = new ChatIndex(this.#most, entries, [...remembered.values()], rev);
    this.#newest = kept.slice(-LIMITS.pageMessages);
    this.#revisions = new RecentRevisions(revised);
  }

  /** One more than a page of revised messages, newest revision first. */
  async #readRevised(): Promise<readonly ChatMessage[]> {
    const limit = LIMITS.pageMessages + 1;
    const found = await this.#store.list<number>({ prefix: 'r:', reverse: true, limit });
    const numbers = [...found.values()];
    const messages = await Promise.all(
      numbers.map((seq) => this.#store.get<ChatMessage>(messageKey(seq))),
    );
    return messages.filter((message) => message !== undefined);
  }

  async #writeWaiting(): Promise<void> {
    await this.load().catch(() => undefined);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MESSAGES_PER_WRITE);
      try {
        if (!this.#loading) await this.load();
        const results = await this.#write(batch);
        batch.forEach(({ resolve }, at) => resolve(results[at] as AppendResult));
      } catch (error) {
        // Memory now differs from storage, so the history is read again.
        this.#loading = null;
        for (const { reject } of batch) reject(error);
      }
    }
  }

  async #write(batch: readonly Waiting[]): Promise<readonly AppendResult[]> {
    const entries: Record<string, unknown> = {};
    const gone: string[] = [];
    const messages: ChatMessage[] = [];
    const results = batch.map(({ author, send, now }): AppendResult => {
      const first = this.#index.receipt(author.user, send.id);
      if (first) return { receipt: first, message: null };
      const { after } = send;
      if (after !== undefined && !this.#index.receipt(author.user, after)) return 'out-of-order';
      // The time of a message is never before that of the previous one, even if the clock runs back.
      const at = Math.max(now, (messages.at(-1) ?? this.#newest.at(-1))?.at ?? 0);
      const message = numberMessage(this.#index.ledger, author, send, at);
      const { entry, dropped, forgotten } = this.#index.place(message);
      if (this.#most > 0) entries[messageKey(message.seq)] = message;
      if (this.#remembers) entries[indexKey(message.seq)] = entry;
      for (const { seq, rev } of dropped) {
        gone.push(messageKey(seq), ...(rev === undefined ? [] : [revisionKey(rev)]));
        this.#revisions.drop(seq);
      }
      if (this.#remembers) gone.push(...forgotten.map(indexKey));
      messages.push(message);
      return { receipt: { seq: message.seq, at }, message };
    });
    if (messages.length > 0) await this.#store.put(entries);
    if (gone.length > 0) this.#store.deleteSoon(gone);
    const { seq, count } = this.#index.ledger;
    this.#newest = [...this.#newest, ...messages]
      .slice(-LIMITS.pageMessages)
      .filter((message) => message.seq > seq - count);
    return results;
  }

  async #readRange(range: PageRange): Promise<readonly ChatMessage[]> {
    if (!range) return [];
    const [first, last] = range;
    const place = { start: messageKey(first), end: messageKey(last + 1) };
    const found = await this.#store.list<ChatMessage>({ prefix: 'm:', ...place });
    return [...found.values()];
  }

  async #revise(request: RevisionRequest, by: Reviser): Promise<Revised> {
    await this.load();
    const key = messageKey(request.seq);
    const before = await this.#store.get<ChatMessage>(key);
    if (!before) return 'not-found';
    const revised = revise(before, request, by);
    if (typeof revised === 'string') return revised;
    const rev = this.#index.ledger.rev + 1;
    const message = { ...revised, rev };
    await this.#store.put({ [key]: message, [revisionKey(rev)]: message.seq, [REV]: rev });
    this.#index.revise(message);
    if (before.rev) this.#store.deleteSoon([revisionKey(before.rev)]);
    this.#newest = this.#newest.map((one) => (one.seq === message.seq ? message : one));
    this.#revisions.add(message);
    return message;
  }
}

/** The newest messages without a gap: a crash may leave some of the dropped ones in storage. */
function unbroken(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const gap = messages.findLastIndex(({ seq }, at) => at > 0 && messages[at - 1]?.seq !== seq - 1);
  return gap < 0 ? messages : messages.slice(gap);
}

/** The form in which a search compares texts. */
const comparable = (text: string): string => text.normalize().toLowerCase();
