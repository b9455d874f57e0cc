/** Where the state of a room is set, one change after another (ST-1). */
import type { StateSetMessage } from '@rtc-elements/protocol';

import { StateStore } from '../storage/state-store.js';
import type { Roster } from './roster.js';
import type { RoomConnection, RoomPorts } from '../ports.js';
import { post } from './send.js';
import { EMPTY_STATE, presentEntry, type RoomStateBook, setState } from '../rules/shared-state.js';
import type { Refuse } from './room-handler.js';
import type { SessionRecord } from '../rules/room-book.js';
import { SerialQueue } from '../storage/serial-queue.js';

export class StateHandler {
  readonly #ports: RoomPorts;
  readonly #members: Roster;
  readonly #refuse: Refuse;
  readonly #store: StateStore;
  readonly #turns = new SerialQueue();
  #book: RoomStateBook = EMPTY_STATE;

  constructor(ports: RoomPorts, members: Roster, refuse: Refuse) {
    this.#ports = ports;
    this.#members = members;
    this.#refuse = refuse;
    this.#store = new StateStore(ports.store);
  }

  load(): Promise<RoomStateBook> {
    return this.#store.load();
  }

  start(book: RoomStateBook): void {
    this.#book = book;
  }

  get size(): number {
    return this.#book.entries.size;
  }

  set(connection: RoomConnection, record: SessionRecord, message: StateSetMessage): Promise<void> {
    return this.#turns.take(() => this.#set(connection, record, message));
  }

  /** After a welcome: all there is; also that there is nothing, to whoever may hold something. */
  tell(connection: RoomConnection, resumed: boolean): void {
    const entries = [...this.#book.entries.values()];
    if (entries.length > 0 || resumed) post(connection, { type: 'state', entries, all: true });
  }

  async #set(
    connection: RoomConnection,
    { user }: SessionRecord,
    message: StateSetMessage,
  ): Promise<void> {
    const change = setState(this.#book, message, user);
    if (!change.ok) {
      const entries = [presentEntry(this.#book, message.key)];
      if (change.fault.code === 'conflict') post(connection, { type: 'state', entries });
      return this.#refuse(connection, change.fault);
    }
    const { entry, book } = change;
    try {
      await this.#store.save(entry);
    } catch (error) {
      this.#ports.log.warn('not-stored', { error: String(error) });
      const detail = 'the room could not store it; send it again';
      return this.#refuse(connection, { code: 'not-stored', detail, ref: message.ref });
    }
    this.#book = book;
    this.#members.tellAll({ type: 'state', entries: [entry] });
    post(connection, { type: 'done', ref: message.ref });
  }
}
