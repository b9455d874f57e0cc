/**
 * The chat in storage (CH-1, CH-2, CH-4): one key per message under its zero-padded number, and an
 * index from author and client id to the first ack.
 */
import {
  type ChatMessage,
  type ChatPage,
  type ChatSendMessage,
  LIMITS,
} from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import {
  type ChatLedger,
  dropOldest,
  emptyLedger,
  isOverfull,
  numberMessage,
  oldestSeq,
  pageOf,
  record,
  sizeOf,
  welcomePage,
} from '../rules/chat.js';
import type { SessionRecord } from '../rules/room-book.js';

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

/** Messages are numbered and written one after another, whatever the storage interleaves. */
export class HistoryStore {
  readonly #store: RoomStore;
  readonly #most: number;
  #ledger: ChatLedger = emptyLedger;
  #newest: readonly ChatMessage[] = [];
  #loading: Promise<void> | null = null;
  #tail: Promise<unknown> = Promise.resolve();

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
  welcome(lastSeq: number | undefined): ChatPage {
    return welcomePage(this.#ledger, this.#newest, lastSeq);
  }

  /** Stores a message durably, or finds that it was stored before (CH-1). Rejected: it was not. */
  append(author: SessionRecord, send: ChatSendMessage, now: number): Promise<Said> {
    const said = this.#tail.then(() => this.#append(author, send, now));
    this.#tail = said.catch(() => undefined);
    return said;
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

  async #read(): Promise<void> {
    const [ledger, newest] = await Promise.all([
      this.#store.get<ChatLedger>(LEDGER),
      this.#store.list<ChatMessage>({ prefix: 'm:', reverse: true, limit: LIMITS.pageMessages }),
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

  /** The ledger with `message` in it, and the keys of what it pushed out (CH-4). */
  async #makeRoom(message: ChatMessage): Promise<{ ledger: ChatLedger; gone: string[] }> {
    let ledger = record(this.#ledger, message);
    const gone: string[] = [];
    while (isOverfull(ledger, this.#most)) {
      const key = messageKey(oldestSeq(ledger));
      const oldest = ledger.count === 1 ? message : await this.#store.get<ChatMessage>(key);
      ledger = dropOldest(ledger, oldest ? sizeOf(oldest) : 0);
      gone.push(key);
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
