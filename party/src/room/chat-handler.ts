/** Handles chat: sends, revises, pages and searches (rules CH). The history decides the order. */
import {
  type ChatHistoryMessage,
  type ChatPage,
  type ChatSearchMessage,
  type ChatSendMessage,
  LIMITS,
  TIMES,
} from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import { may } from '../rules/permissions.js';
import type { RevisionRequest } from '../rules/revision.js';
import { listeners, type SessionRecord } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import { SerialQueue } from '../storage/serial-queue.js';
import type { FaultHandler } from './fault-handler.js';
import { refuseBusy } from './refuse-busy.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

export interface ChatHandlerContext {
  readonly ports: RoomPorts;
  readonly roster: Roster;
  readonly history: HistoryStore;
  readonly faults: FaultHandler;
}

/** Every method resolves with how many bytes were sent because of it: to the sender, or to others, counted once. */
export class ChatHandler {
  readonly #context: ChatHandlerContext;
  /** One search after another, since each may read the whole history. */
  readonly #searches = new SerialQueue(LIMITS.waitingSearches);

  constructor(context: ChatHandlerContext) {
    this.#context = context;
  }

  /** Stores a message, acknowledges it to its author and delivers it to everybody else. */
  async append(
    connection: RoomConnection,
    author: SessionRecord,
    request: ChatSendMessage,
  ): Promise<number> {
    const { history, ports, roster } = this.#context;
    const { id } = request;
    if (history.isBusy) return this.#refuseBusy(connection, id);
    const now = ports.clock.now();
    const appended = await this.#store(connection, id, history.append(author, request, now));
    if (!appended) return 0;
    if (appended === 'out-of-order') {
      const detail = 'the message before it is not stored yet';
      this.#refuseToStore(connection, id, detail, TIMES.orderRetryMs);
      return 0;
    }
    send(connection, { type: 'chat.ack', id, ...appended.receipt });
    if (!appended.message) return 0;
    const to = listeners(roster.book, author.session);
    const message = { type: 'chat.message', message: appended.message } as const;
    return roster.deliverFrom(author, { to, message });
  }

  /** Edits, deletes or reacts to a message, and sends the result to everybody. */
  async revise(
    connection: RoomConnection,
    { user, ...rights }: SessionRecord,
    request: RevisionRequest,
  ): Promise<number> {
    const { faults, history, ports, roster } = this.#context;
    const { ref } = request;
    if (history.isBusy) return this.#refuseBusy(connection, ref);
    const by = { user, mayModerate: may(rights, 'moderate'), now: ports.clock.now() };
    const revised = await this.#store(connection, ref, history.revise(request, by));
    if (!revised) return 0;
    if (revised === 'forbidden' || revised === 'not-found') {
      const detail = revised === 'forbidden' ? 'it is not yours to change' : 'no such message';
      faults.refuse(connection, { code: revised, detail, ref });
      return 0;
    }
    const bytes =
      revised === 'same' ? 0 : roster.broadcast({ type: 'chat.message', message: revised });
    send(connection, { type: 'done', ref });
    return bytes;
  }

  async page(connection: RoomConnection, request: ChatHistoryMessage): Promise<number> {
    const { history } = this.#context;
    const { ref, before, after, limit } = request;
    const reading =
      after === undefined ? history.page(before, limit) : history.pageAfter(after, limit);
    return this.#sendPage(connection, ref, reading);
  }

  async search(connection: RoomConnection, request: ChatSearchMessage): Promise<number> {
    const { history, ports } = this.#context;
    const { ref } = request;
    if (this.#searches.isFull) return this.#refuseBusy(connection, ref);
    const pause = (): Promise<void> => ports.clock.nextTurn();
    const searching = this.#searches.run(() => history.search(request, pause));
    return this.#sendPage(connection, ref, searching);
  }

  /** Answers with the page, or says that the history cannot be read. */
  async #sendPage(
    connection: RoomConnection,
    ref: string,
    reading: Promise<ChatPage>,
  ): Promise<number> {
    const { faults, ports } = this.#context;
    try {
      return send(connection, { type: 'chat.page', ref, ...(await reading) });
    } catch (error) {
      ports.log.warn('not-read', { error: String(error) });
      const fault = { code: 'unavailable', detail: 'the history cannot be read', ref } as const;
      faults.refuse(connection, fault, TIMES.unavailableMs);
      return 0;
    }
  }

  /** What `writing` resolves with. If it rejects, the author is told, and the result is `null`. */
  async #store<T>(connection: RoomConnection, ref: string, writing: Promise<T>): Promise<T | null> {
    const { ports } = this.#context;
    try {
      return await writing;
    } catch (error) {
      ports.log.warn('not-stored', { error: String(error) });
      const detail = 'the room could not store it; send it again with the same id';
      this.#refuseToStore(connection, ref, detail, TIMES.storeRetryMs);
      return null;
    }
  }

  #refuseToStore(connection: RoomConnection, ref: string, detail: string, retryMs: number): void {
    this.#context.faults.refuse(connection, { code: 'not-stored', detail, ref }, retryMs);
  }

  /** Too many wait for the same (FL-4). */
  #refuseBusy(connection: RoomConnection, ref: string): number {
    refuseBusy(this.#context.faults, connection, ref);
    return 0;
  }
}
