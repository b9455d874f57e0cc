/**
 * The chat in storage (CH-1, CH-2, CH-4): one key per message under its zero-padded number, and an
 * index from author and client id to the first ack.
 */
import {
  type ChatMessage,
  type ChatPage,
  type ChatSendMessage,
  type ChatSearchMessage,
  LIMITS,
  type WelcomeChat,
} from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import {
  type ChatLedger,
  dropOldest,
  emptyLedger,
  type Held,
  isOverfull,
  numberMessage,
  oldestSeq,
  pageOf,
  record,
  recordRevision,
  sizeOf,
  welcomePage,
} from '../rules/chat.js';
import { type Revised, type Reviser, revise, type RevisionRequest } from '../rules/revision.js';
import type { SessionRecord } from '../rules/room-book.js';
import { Turns } from '../turns.js';
import { RecentRevisions, revisionKey } from './recent-revisions.js';

const LEDGER = 'chat';
const padded = (seq: number): string => String(seq).padStart(16, '0');
const messageKey = (seq: number): string => `m:${padded(seq)}`;
/** By which a resend is recognised. */
const ackKey = (user: string, id: string): string => `c:${user}:${id}`;
/** Under which the ack key of an old message is found, to forget it. */
const indexKey = (seq: number): string => `i:${padded(seq)}`;

/** What the author is told, now or again. */
export interface ChatReceipt {
  readonly seq: number;
  readonly at: number;
}

export interface Said {
  readonly receipt: ChatReceipt;
  /** `null`: said before, so nobody is told again. */
  readonly message: ChatMessage | null;
}

/** How many messages are looked at in one go. */
const SEARCH_STRIDE = 100;

/** Messages are numbered and written one after another, whatever the storage interleaves. */
export class HistoryStore {
  readonly #store: RoomStore;
  readonly #most: number;
  #ledger: ChatLedger = emptyLedger;
  #newest: readonly ChatMessage[] = [];
  readonly #revisions = new RecentRevisions();
  #loading: Promise<void> | null = null;
  readonly #turns = new Turns();

  constructor(store: RoomStore, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /** Reads the newest page once; `welcome` and the rest need it. */
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
    return welcomePage(this.#ledger, { newest: this.#newest, revisedSince }, held);
  }

  /** The newest number given, once loaded. */
  get seq(): number {
    return this.#ledger.seq;
  }

  /** How many messages are kept, once loaded. */
  get count(): number {
    return this.#ledger.count;
  }

  /** Stores a message durably, or finds that it was stored before (CH-1). Rejected: it was not. */
  append(author: SessionRecord, send: ChatSendMessage, now: number): Promise<Said> {
    return this.#turns.take(() => this.#append(author, send, now));
  }

  /** Stores a revision durably (CH-8), and answers the message as it is now, or why not. */
  revise(request: RevisionRequest, by: Reviser): Promise<Revised> {
    return this.#turns.take(() => this.#revise(request, by));
  }

  /** The page before `before`, or the newest (CH-2). */
  async page(before: number | undefined, limit: number): Promise<ChatPage> {
    await this.load();
    if (this.#ledger.count === 0) return { messages: [], more: false };
    const found = await this.#store.list<ChatMessage>({
      prefix: 'm:',
      reverse: true,
      limit,
      ...(before !== undefined && { end: messageKey(before) }),
    });
    const messages = [...found.values()].reverse();
    return messages.length === 0 ? { messages, more: false } : pageOf(this.#ledger, messages);
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
    const [ledger, newest] = await Promise.all([
      this.#store.get<ChatLedger>(LEDGER),
      this.#store.list<ChatMessage>({ prefix: 'm:', reverse: true, limit: LIMITS.pageMessages }),
      this.#revisions.load(this.#store, (seq) => this.#store.get<ChatMessage>(messageKey(seq))),
    ]);
    this.#ledger = ledger ?? emptyLedger;
    this.#newest = [...newest.values()].reverse();
  }

  async #append(author: SessionRecord, send: ChatSendMessage, now: number): Promise<Said> {
    await this.load();
    const first = await this.#store.get<ChatReceipt>(ackKey(author.user, send.id));
    if (first) return { receipt: first, message: null };
    const at = Math.max(now, this.#newest.at(-1)?.at ?? 0);
    const message = numberMessage(this.#ledger, author, send, at);
    const receipt: ChatReceipt = { seq: message.seq, at };
    const { ledger, gone } = await this.#makeRoom(message);
    const forgotten = await this.#forgetAck(message.seq);
    await this.#store.put({
      ...(this.#most > 0 && { [messageKey(message.seq)]: message }),
      [ackKey(author.user, send.id)]: receipt,
      [indexKey(message.seq)]: ackKey(author.user, send.id),
      [LEDGER]: ledger,
    });
    if (gone.length + forgotten.length > 0) this.#store.deleteSoon([...gone, ...forgotten]);
    this.#ledger = ledger;
    const oldest = oldestSeq(ledger);
    this.#newest = [...this.#newest, message]
      .slice(-LIMITS.pageMessages)
      .filter(({ seq }) => seq >= oldest);
    return { receipt, message };
  }

  async #revise(request: RevisionRequest, by: Reviser): Promise<Revised> {
    await this.load();
    const key = messageKey(request.seq);
    const before = await this.#store.get<ChatMessage>(key);
    if (!before) return 'not-found';
    const revised = revise(before, request, by);
    if (typeof revised === 'string') return revised;
    const message = { ...revised, rev: this.#ledger.rev + 1 };
    const ledger = recordRevision(this.#ledger, sizeOf(before), message);
    await this.#store.put({
      [key]: message,
      [revisionKey(message.rev)]: message.seq,
      [LEDGER]: ledger,
    });
    if (before.rev) this.#store.deleteSoon([revisionKey(before.rev)]);
    this.#ledger = ledger;
    this.#newest = this.#newest.map((one) => (one.seq === message.seq ? message : one));
    this.#revisions.note(message);
    return message;
  }

  /** The ledger with `message` in it, and the keys of what it pushed out (CH-4). */
  async #makeRoom(message: ChatMessage): Promise<{ ledger: ChatLedger; gone: string[] }> {
    let ledger = record(this.#ledger, message);
    const gone: string[] = [];
    while (isOverfull(ledger, this.#most)) {
      const key = messageKey(oldestSeq(ledger));
      const oldest = ledger.count === 1 ? message : await this.#store.get<ChatMessage>(key);
      ledger = dropOldest(ledger, oldest ? sizeOf(oldest) : 0);
      gone.push(key);
      if (oldest?.rev) gone.push(revisionKey(oldest.rev));
      if (oldest) this.#revisions.drop(oldest.seq);
    }
    return { ledger, gone };
  }

  /** An ack is remembered as long as its message is kept, and for as many as an outbox holds. */
  async #forgetAck(seq: number): Promise<string[]> {
    const old = seq - Math.max(this.#most, LIMITS.outboxMessages);
    const key = old > 0 ? await this.#store.get<string>(indexKey(old)) : undefined;
    return key ? [key, indexKey(old)] : [];
  }
}

/** As it is compared in a search. */
const plain = (text: string): string => text.normalize().toLowerCase();
