/** Handles chat: sends, revises, pages and searches (rules CH). The history decides the order. */
import {
  type ChatHistoryMessage,
  type ChatPage,
  type ChatSearchMessage,
  type ChatSendMessage,
  TIMES,
} from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import { may } from '../rules/permissions.js';
import type { RevisionRequest } from '../rules/revision.js';
import { listeners, type SessionRecord } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { FaultHandler } from './fault-handler.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

export class ChatHandler {
  readonly #ports: RoomPorts;
  readonly #roster: Roster;
  readonly #history: HistoryStore;
  readonly #faults: FaultHandler;

  constructor(ports: RoomPorts, roster: Roster, history: HistoryStore, faults: FaultHandler) {
    this.#ports = ports;
    this.#roster = roster;
    this.#history = history;
    this.#faults = faults;
  }

  /** Stores a message, acknowledges it to its author and delivers it to everybody else. */
  async append(
    connection: RoomConnection,
    author: SessionRecord,
    request: ChatSendMessage,
  ): Promise<void> {
    const { id } = request;
    const now = this.#ports.clock.now();
    const appended = await this.#store(connection, id, this.#history.append(author, request, now));
    if (!appended) return;
    send(connection, { type: 'chat.ack', id, ...appended.receipt });
    if (!appended.message) return;
    const to = listeners(this.#roster.book, author.session);
    const message = { type: 'chat.message', message: appended.message } as const;
    this.#roster.deliverFrom(author, { to, message });
  }

  /** Edits, deletes or reacts to a message, and sends the result to everybody. */
  async revise(
    connection: RoomConnection,
    { user, ...rights }: SessionRecord,
    request: RevisionRequest,
  ): Promise<void> {
    const { ref } = request;
    const by = { user, mayModerate: may(rights, 'moderate'), now: this.#ports.clock.now() };
    const revised = await this.#store(connection, ref, this.#history.revise(request, by));
    if (!revised) return;
    if (revised === 'forbidden' || revised === 'not-found') {
      const detail = revised === 'forbidden' ? 'it is not yours to change' : 'no such message';
      return this.#faults.refuse(connection, { code: revised, detail, ref });
    }
    if (revised !== 'same') this.#roster.broadcast({ type: 'chat.message', message: revised });
    send(connection, { type: 'done', ref });
  }

  async page(connection: RoomConnection, request: ChatHistoryMessage): Promise<void> {
    const { ref, before, after, limit } = request;
    const reading =
      after === undefined
        ? this.#history.page(before, limit)
        : this.#history.pageAfter(after, limit);
    await this.#sendPage(connection, ref, reading);
  }

  search(connection: RoomConnection, request: ChatSearchMessage): Promise<void> {
    return this.#sendPage(connection, request.ref, this.#history.search(request));
  }

  /** Answers with the page, or says that the history cannot be read. */
  async #sendPage(
    connection: RoomConnection,
    ref: string,
    reading: Promise<ChatPage>,
  ): Promise<void> {
    try {
      send(connection, { type: 'chat.page', ref, ...(await reading) });
    } catch (error) {
      this.#ports.log.warn('not-read', { error: String(error) });
      const fault = { code: 'unavailable', detail: 'the history cannot be read', ref } as const;
      this.#faults.refuse(connection, fault, TIMES.unavailableMs);
    }
  }

  /** What `writing` resolves with. If it rejects, the author is told, and the result is `null`. */
  async #store<T>(connection: RoomConnection, ref: string, writing: Promise<T>): Promise<T | null> {
    try {
      return await writing;
    } catch (error) {
      this.#ports.log.warn('not-stored', { error: String(error) });
      const detail = 'the room could not store it; send it again with the same id';
      this.#faults.refuse(connection, { code: 'not-stored', detail, ref }, TIMES.storeRetryMs);
      return null;
    }
  }
}
