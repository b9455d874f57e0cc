// Stores the sessions of a room, so that it still knows them after sleep, a move or a crash (EN-5).
import type { RoomStore } from '../ports.js';
import type { AbsentHost, AssignedRole, SessionRecord } from '../rules/room-book.js';

const PREFIX = 's:';
const COUNTERS = 'roster';
const ABSENT_HOSTS = 'hosts';
const ROLES = 'roles';

/** Numbers that only grow. */
export interface RosterCounters {
  /** The number of the last presence frame (PR-2). */
  readonly seq: number;
  /** The last `call` number given. */
  readonly calls: number;
}

/** What is stored of the sessions. */
export interface StoredSessions {
  readonly records: readonly SessionRecord[];
  readonly counters: RosterCounters;
  readonly absentHosts: readonly AbsentHost[];
  readonly roles: readonly AssignedRole[];
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

  async load(): Promise<StoredSessions> {
    const [records, counters, absentHosts, roles] = await Promise.all([
      this.#store.list<SessionRecord>({ prefix: PREFIX }),
      this.#store.get<RosterCounters>(COUNTERS),
      this.#store.get<readonly AbsentHost[]>(ABSENT_HOSTS),
      this.#store.get<readonly AssignedRole[]>(ROLES),
    ]);
    return {
      records: [...records.values()],
      counters: counters ?? { seq: 0, calls: 0 },
      absentHosts: absentHosts ?? [],
      roles: roles ?? [],
    };
  }

  save(record: SessionRecord): void {
    this.#store.putSoon({ [PREFIX + record.session]: record });
  }

  remove(session: string): void {
    this.#store.deleteSoon([PREFIX + session]);
  }

  saveAbsentHosts(absentHosts: readonly AbsentHost[]): void {
    this.#saveList(ABSENT_HOSTS, absentHosts);
  }

  saveRoles(roles: readonly AssignedRole[]): void {
    this.#saveList(ROLES, roles);
  }

  saveCounters(counters: RosterCounters): void {
    this.#store.putSoon({ [COUNTERS]: counters });
  }

  /** A room without exceptions stores none. */
  #saveList(key: string, list: readonly unknown[]): void {
    if (list.length > 0) this.#store.putSoon({ [key]: list });
    else this.#store.deleteSoon([key]);
  }
}
