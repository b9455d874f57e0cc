// Keeps the book in storage, so that a room which slept, moved or was killed knows its sessions (EN-5).
import type { RoomStore } from '../ports.js';
import type { SessionRecord } from '../rules/room-book.js';

const PREFIX = 's:';
const COUNTERS = 'roster';

/** Numbers that never run back. */
export interface RosterCounters {
  /** Of the last presence frame (PR-2). */
  readonly seq: number;
  /** The last place given in the call. */
  readonly calls: number;
}

/**
 * Reads and writes sessions. No frame waits for these writes: were the last of them lost in a
 * crash, its client would get a new session instead of the old one, and no more than that.
 */
export class SessionStore {
  readonly #store: RoomStore;

  constructor(store: RoomStore) {
    this.#store = store;
  }

  async load(): Promise<{ records: SessionRecord[]; counters: RosterCounters }> {
    const [records, counters] = await Promise.all([
      this.#store.list<SessionRecord>({ prefix: PREFIX }),
      this.#store.get<RosterCounters>(COUNTERS),
    ]);
    return { records: [...records.values()], counters: counters ?? { seq: 0, calls: 0 } };
  }

  save(record: SessionRecord): void {
    this.#store.putSoon({ [PREFIX + record.session]: record });
  }

  remove(session: string): void {
    this.#store.deleteSoon([PREFIX + session]);
  }

  saveCounters(counters: RosterCounters): void {
    this.#store.putSoon({ [COUNTERS]: counters });
  }
}
