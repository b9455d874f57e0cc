/** Handles what members say of themselves, and their requests for the whole roster (rules PR). */
import type { PresenceSetMessage } from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';
import { changePresence } from '../rules/presence.js';
import { rosterOf, type SessionRecord } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

export class PresenceHandler {
  readonly #roster: Roster;
  readonly #history: HistoryStore;

  constructor(roster: Roster, history: HistoryStore) {
    this.#roster = roster;
    this.#history = history;
  }

  set(record: SessionRecord, message: PresenceSetMessage): void {
    const { book } = this.#roster;
    this.#roster.update(record, changePresence(book, record, message, this.#history.seq));
  }

  /** Sends the whole roster to a client that missed a frame (PR-2). Returns its size, in bytes. */
  sendRoster(connection: RoomConnection, record: SessionRecord): number {
    const { broadcaster, book } = this.#roster;
    broadcaster.markInformed(record.session);
    return send(connection, { type: 'roster', seq: broadcaster.seq, peers: rosterOf(book) });
  }
}
