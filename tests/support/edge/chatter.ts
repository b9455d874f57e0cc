/**
 * A client that talks without end and comes back whenever its socket breaks, as a real one: what has
 * no ack yet is sent again with the same id, before anything new.
 */
import {
  type ChatMessage,
  type ClientMessage,
  createId,
  decodeServerMessage,
  encode,
  type ServerMessage,
} from '@rtc-elements/protocol';
import WebSocket from 'ws';

import { helloOf } from '../house/raw-client.js';

/** Below 20 a second, so that the room's limit never bites (LI-4). */
const TALK_EVERY_MS = 60;
/** What may be without an ack; less than a burst, all of which is sent again at once. */
const MOST_WAITING = 8;
const RETRY_MS = 50;
const TWO_ACKS = 2;
const LIMIT_MS = 30_000;

export class Chatter {
  /** Id to number. */
  readonly acked = new Map<string, number>();
  /** What it was told of others, as it came; of `welcome`, what it had missed. */
  readonly seen: ChatMessage[] = [];
  readonly #at: { readonly port: number };
  readonly #name: string;
  readonly #waiting = new Map<string, string>();
  readonly #pages = new Map<string, (messages: readonly ChatMessage[]) => void>();
  #socket: WebSocket | null = null;
  #session: string | null = null;
  #isWelcome = false;
  #acksOfSocket = 0;
  #lastSeq = 0;
  #lastFault = 'no fault';
  #isTalking = true;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(at: { readonly port: number }, index: number) {
    this.#at = at;
    this.#name = `chatter ${index}`;
    this.#open();
  }

  /** Resolves once this socket had acks: the load is on. */
  untilTalking(): Promise<void> {
    return this.#until(() => this.#acksOfSocket >= TWO_ACKS);
  }

  /** Says nothing new; resolves once it is back in the room and everything said has its ack. */
  finish(): Promise<void> {
    this.#isTalking = false;
    return this.#until(() => this.#waiting.size === 0 && this.#isWelcome);
  }

  /** A page of the history before a number. */
  page(before: number | undefined): Promise<readonly ChatMessage[]> {
    const ref = createId();
    const page = new Promise<readonly ChatMessage[]>((resolve) => this.#pages.set(ref, resolve));
    this.#send({ type: 'chat.history', ref, limit: 50, ...(before !== undefined && { before }) });
    return page;
  }

  /** For good. */
  close(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  #open(): void {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#at.port}/parties/room/durable`);
    this.#socket = socket;
    this.#acksOfSocket = 0;
    const talking = setInterval(() => this.#talk(), TALK_EVERY_MS);
    socket.on('error', () => undefined);
    socket.on('open', () => {
      const resume = this.#session === null ? {} : { resume: this.#session };
      this.#send(helloOf(this.#name, { ...resume, lastSeq: this.#lastSeq }));
      for (const [id, text] of this.#waiting) this.#send({ type: 'chat.send', id, text });
    });
    socket.on('message', (data) => {
      const decoded = decodeServerMessage(String(data));
      if (decoded.ok) this.#hear(decoded.message);
    });
    socket.on('close', (code) => {
      if (code !== 1006) this.#lastFault = `close ${code}`;
      clearInterval(talking);
      this.#isWelcome = false;
      if (!this.#isOver) setTimeout(() => !this.#isOver && this.#open(), RETRY_MS);
    });
  }

  #talk(): void {
    if (!this.#isTalking || this.#session === null || this.#waiting.size >= MOST_WAITING) return;
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const id = createId();
    const text = `${this.#name} says ${id}`;
    this.#waiting.set(id, text);
    this.#send({ type: 'chat.send', id, text });
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.#session = message.session;
        this.#isWelcome = true;
        this.#see(message.chat.messages.filter(({ seq }) => seq > this.#lastSeq));
        break;
      case 'chat.message':
        this.#see([message.message]);
        break;
      case 'chat.ack':
        this.acked.set(message.id, message.seq);
        this.#waiting.delete(message.id);
        this.#acksOfSocket += 1;
        this.#lastSeq = Math.max(this.#lastSeq, message.seq);
        break;
      case 'chat.page':
        this.#pages.get(message.ref)?.(message.messages);
        break;
      case 'error':
        this.#lastFault = message.code;
        break;
      default:
    }
    this.#wake();
  }

  #see(messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      this.seen.push(message);
      this.#lastSeq = Math.max(this.#lastSeq, message.seq);
    }
  }

  #send(message: ClientMessage): void {
    this.#socket?.send(encode(message));
  }

  async #until(isSo: () => boolean): Promise<void> {
    const timer = setTimeout(() => this.#wake(), LIMIT_MS);
    const end = performance.now() + LIMIT_MS;
    while (!isSo()) {
      if (performance.now() >= end) {
        throw new Error(`${this.#name}: ${this.#waiting.size} wait; last heard ${this.#lastFault}`);
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    clearTimeout(timer);
  }
}
