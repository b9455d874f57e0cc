// Stores the sessions of a room, so that it still knows them after sleep, a move or a crash (EN-5).
import type { RoomStore } from '../ports.js';
import type { SessionRecord } from '../rules/room-book.js';

const PREFIX = 's:';
const COUNTERS = 'roster';

/** Numbers that only grow. */
export interface RosterCounters {
  /** The number of the last presence frame (PR-2). */
  readonly seq: number;
  /** The last `call` number given. */
  readonly calls: number;
}

/**
 * Reads and writes sessions. No frame waits for these writes: if a crash loses the last one, that
 * client gets a new session instead of resuming the old one, and nothing worse happens.
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
