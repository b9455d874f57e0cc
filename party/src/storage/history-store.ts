/**
 * The chat in storage (CH-1, CH-2, CH-4, CH-8): one key per message under its zero-padded number. What
 * gathers while a write is under way goes into the next one. A deployment that keeps fewer messages
 * than resends are known for has a second key for each, which stays longer.
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
import { type Held, numberMessage, pageOf, welcomePage } from '../rules/chat.js';
import { ChatIndex, type ChatReceipt, type IndexEntry, indexEntryOf } from '../rules/chat-index.js';
import { type Revised, type Reviser, revise, type RevisionRequest } from '../rules/revision.js';
import type { SessionRecord } from '../rules/room-book.js';
import { SerialQueue } from './serial-queue.js';
import { RecentRevisions, revisionKey } from './recent-revisions.js';

/** Under which the number of the last revision is. */
const REV = 'chat';
const padded = (seq: number): string => String(seq).padStart(16, '0');
const messageKey = (seq: number): string => `m:${padded(seq)}`;
const indexKey = (seq: number): string => `i:${padded(seq)}`;

/** Two keys each at most, and no runtime takes more than 128 in one write. */
const MESSAGES_PER_WRITE = 60;
/** How many messages are looked at in one go. */
const SEARCH_STRIDE = 100;

export interface Said {
  readonly receipt: ChatReceipt;
  /** `null`: said before, so nobody is told again. */
  readonly message: ChatMessage | null;
}

interface Waiting {
  readonly author: SessionRecord;
  readonly send: ChatSendMessage;
  readonly now: number;
  resolve(said: Said): void;
  reject(cause: unknown): void;
}

/** Messages are numbered and written in order, whatever the storage interleaves. */
export class HistoryStore {
  readonly #store: RoomStore;
  readonly #most: number;
  /** Resends outlive their messages. */
  readonly #remembers: boolean;
  readonly #revisions = new RecentRevisions();
  readonly #turns = new SerialQueue();
  #waiting: Waiting[] = [];
  #index: ChatIndex;
  #newest: readonly ChatMessage[] = [];
  #loading: Promise<void> | null = null;

  constructor(store: RoomStore, most: number) {
    this.#store = store;
    this.#most = most;
    this.#remembers = most < LIMITS.outboxMessages;
    this.#index = new ChatIndex(most);
  }

  /** Reads what there is once; `welcome` and the rest need it. */
  load(): Promise<void> {
    this.#loading ??= this.#read().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** For `welcome`, once loaded. */
  welcome(held: Held): WelcomeChat {
    const revisedSince = (rev: number) => this.#revisions.since(rev);
    return welcomePage(this.#index.ledger, { newest: this.#newest, revisedSince }, held);
  }

  /** The newest number given, once loaded. */
  get seq(): number {
    return this.#index.ledger.seq;
  }

  /** How many messages are kept, once loaded. */
  get count(): number {
    return this.#index.ledger.count;
  }

  /** Stores a message durably, or finds that it was stored before (CH-1). Rejected: it was not. */
  append(author: SessionRecord, send: ChatSendMessage, now: number): Promise<Said> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ author, send, now, resolve, reject });
      // Whoever comes while it waits for its turn goes along.
      if (this.#waiting.length === 1) void this.#turns.take(() => this.#writeWaiting());
    });
  }

  /** Stores a revision durably (CH-8), and answers the message as it is now, or why not. */
  revise(request: RevisionRequest, by: Reviser): Promise<Revised> {
    return this.#turns.take(() => this.#revise(request, by));
  }

  /** The page before `before`, or the newest (CH-2). */
  async page(before: number | undefined, limit: number): Promise<ChatPage> {
    await this.load();
    if (this.count === 0) return { messages: [], more: false };
    const found = await this.#store.list<ChatMessage>({
      prefix: 'm:',
      reverse: true,
      limit,
      ...(before !== undefined && { end: messageKey(before) }),
    });
    const messages = [...found.values()].reverse();
    return messages.length === 0 ? { messages, more: false } : pageOf(this.#index.ledger, messages);
  }

  /** The page after `after` (CH-2). */
  async pageAfter(after: number, limit: number): Promise<ChatPage> {
    const start = messageKey(after + 1);
    const found = await this.#store.list<ChatMessage>({ prefix: 'm:', start, limit: limit + 1 });
    const messages = [...found.values()];
    return { messages: messages.slice(0, limit), more: messages.length > limit };
  }

  /** The newest messages that hold a text (CH-9). */
  async search({ query, before, limit }: ChatSearchMessage): Promise<ChatPage> {
    const wanted = plain(query.trim());
    const found: ChatMessage[] = [];
    let end = before;
    while (found.length <= limit) {
      const { messages } = await this.page(end, SEARCH_STRIDE);
      const fitting = messages.filter(({ text }) => plain(text).includes(wanted));
      found.unshift(...fitting.slice(-(limit + 1 - found.length)));
      end = messages[0]?.seq;
      if (end === undefined || messages.length < SEARCH_STRIDE) break;
    }
    return { messages: found.slice(-limit), more: found.length > limit };
  }

  /** Everything that is kept, oldest first. */
  async all(): Promise<readonly ChatMessage[]> {
    const found = await this.#store.list<ChatMessage>({ prefix: 'm:' });
    return [...found.values()];
  }

  /** What is stored was erased. */
  forget(): void {
    this.#loading = null;
  }

  async #read(): Promise<void> {
    const [rev, messages, remembered] = await Promise.all([
      this.#store.get<number>(REV),
      this.all(),
      this.#remembers ? this.#store.list<IndexEntry>({ prefix: 'i:' }) : new Map(),
      this.#revisions.load(this.#store, (seq) => this.#store.get<ChatMessage>(messageKey(seq))),
    ]);
    const kept = unbroken(messages);
    const entries = kept.map(indexEntryOf);
    this.#index = new ChatIndex(this.#most, entries, [...remembered.values()], rev);
    this.#newest = kept.slice(-LIMITS.pageMessages);
  }

  async #writeWaiting(): Promise<void> {
    await this.load().catch(() => undefined);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MESSAGES_PER_WRITE);
      try {
        if (!this.#loading) await this.load();
        const said = await this.#write(batch);
        batch.forEach(({ resolve }, at) => resolve(said[at] as Said));
      } catch (error) {
        // What memory says of this batch is not in storage.
        this.#loading = null;
        for (const { reject } of batch) reject(error);
      }
    }
  }

  async #write(batch: readonly Waiting[]): Promise<readonly Said[]> {
    const entries: Record<string, unknown> = {};
    const gone: string[] = [];
    const messages: ChatMessage[] = [];
    const said = batch.map(({ author, send, now }): Said => {
      const first = this.#index.receipt(author.user, send.id);
      if (first) return { receipt: first, message: null };
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
    return said;
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
    this.#revisions.note(message);
    return message;
  }
}

/** The newest ones without a gap: of what was dropped, a crash may leave some behind. */
function unbroken(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const gap = messages.findLastIndex(({ seq }, at) => at > 0 && messages[at - 1]?.seq !== seq - 1);
  return gap < 0 ? messages : messages.slice(gap);
}

/** As it is compared in a search. */
const plain = (text: string): string => text.normalize().toLowerCase();
