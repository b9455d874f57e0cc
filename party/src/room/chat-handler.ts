/** Where chat is said, revised and read back (rules CH). The order is that of the history's turns. */
import type {
  ChatHistoryMessage,
  ChatPage,
  ChatSearchMessage,
  ChatSendMessage,
} from '@rtc-elements/protocol';

import type { HistoryStore } from '../storage/history-store.js';
import type { Roster } from './roster.js';
import type { RoomConnection, RoomPorts } from '../ports.js';
import { post } from './send.js';
import type { Refuse } from './room-handler.js';
import { may } from '../rules/permissions.js';
import type { RevisionRequest } from '../rules/revision.js';
import { listeners, type SessionRecord } from '../rules/room-book.js';

export class ChatHandler {
  readonly #ports: RoomPorts;
  readonly #members: Roster;
  readonly #history: HistoryStore;
  readonly #refuse: Refuse;

  constructor(ports: RoomPorts, members: Roster, history: HistoryStore, refuse: Refuse) {
    this.#ports = ports;
    this.#members = members;
    this.#history = history;
    this.#refuse = refuse;
  }

  async say(
    connection: RoomConnection,
    author: SessionRecord,
    send: ChatSendMessage,
  ): Promise<void> {
    const now = this.#ports.clock.now();
    const said = await this.#store(connection, send.id, this.#history.append(author, send, now));
    if (!said) return;
    post(connection, { type: 'chat.ack', id: send.id, ...said.receipt });
    if (!said.message) return;
    const to = listeners(this.#members.book, author.session);
    const message = { type: 'chat.message', message: said.message } as const;
    this.#members.deliverFrom(author, { to, message });
  }

  async revise(
    connection: RoomConnection,
    { user, ...standing }: SessionRecord,
    request: RevisionRequest,
  ): Promise<void> {
    const { ref } = request;
    const by = { user, mayModerate: may(standing, 'moderate'), now: this.#ports.clock.now() };
    const revised = await this.#store(connection, ref, this.#history.revise(request, by));
    if (!revised) return;
    if (revised === 'forbidden' || revised === 'not-found') {
      const detail = revised === 'forbidden' ? 'it is not yours to change' : 'no such message';
      return this.#refuse(connection, { code: revised, detail, ref });
    }
    if (revised !== 'same') this.#members.tellAll({ type: 'chat.message', message: revised });
    post(connection, { type: 'done', ref });
  }

  async show(connection: RoomConnection, request: ChatHistoryMessage): Promise<void> {
    const { ref, before, after, limit } = request;
    const page: ChatPage =
      after === undefined
        ? await this.#history.page(before, limit)
        : await this.#history.pageAfter(after, limit);
    post(connection, { type: 'chat.page', ref, ...page });
  }

  async search(connection: RoomConnection, request: ChatSearchMessage): Promise<void> {
    const page = await this.#history.search(request);
    post(connection, { type: 'chat.page', ref: request.ref, ...page });
  }

  /** What `writing` comes to; `null`, and the author knows, when it could not be stored. */
  async #store<T>(connection: RoomConnection, ref: string, writing: Promise<T>): Promise<T | null> {
    try {
      return await writing;
    } catch (error) {
      this.#ports.log.warn('not-stored', { error: String(error) });
      const detail = 'the room could not store it; send it again with the same id';
      this.#refuse(connection, { code: 'not-stored', detail, ref });
      return null;
    }
  }
}
