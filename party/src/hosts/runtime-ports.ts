// The ports of a room, made from what every host has: sockets, and the storage of a Durable Object.
import type {
  ConnectionNote,
  ListRange,
  RoomClock,
  RoomConnection,
  RoomLog,
  RoomStore,
} from '../ports.js';

/** The platform refuses more keys in one write. */
const KEYS_PER_WRITE = 128;

/** The note of a socket whose own was lost, which is not known to happen in any runtime. */
const BLANK: ConnectionNote = {
  session: null,
  openedAt: 0,
  seenAt: 0,
  address: null,
  local: false,
  identity: null,
};

/** A socket as PartyServer and PartyKit have it. */
export interface HostConnection {
  readonly id: string;
  readonly state: ConnectionNote | null;
  setState(note: ConnectionNote): unknown;
  send(text: string): void;
  close(code: number, reason: string): void;
}

export const runtimeClock: RoomClock = {
  now: () => Date.now(),
  setTimer: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** Ignores the errors of a socket that is gone: the room is told of that by `closed`. */
export const wrapConnection = (
  connection: HostConnection,
  heardAt: () => number,
): RoomConnection => ({
  id: connection.id,
  send: (text) => quietly(() => connection.send(text)),
  close: (code, reason) => quietly(() => connection.close(code, reason)),
  get note() {
    return connection.state ?? BLANK;
  },
  setNote: (note) => quietly(() => connection.setState(note)),
  heardAt,
});

/** Uses only the storage calls that every such runtime has. */
export function wrapStorage(storage: DurableObjectStorage, log: RoomLog): RoomStore {
  const later = (write: Promise<unknown>): void => {
    write.catch((error: unknown) => log.warn('write-failed', { error: String(error) }));
  };
  const unconfirmed = { allowUnconfirmed: true };
  return {
    get: <T>(key: string) => storage.get<T>(key),
    list: <T>(range: ListRange) => storage.list<T>(range),
    put: async (entries) => {
      await storage.put({ ...entries });
      // Waits for the disk. Whatever arrives meanwhile is gathered and goes into the next write.
      await storage.sync();
    },
    putSoon: (entries) => later(storage.put({ ...entries }, unconfirmed)),
    deleteSoon: (keys) => {
      for (let start = 0; start < keys.length; start += KEYS_PER_WRITE) {
        later(storage.delete(keys.slice(start, start + KEYS_PER_WRITE), unconfirmed));
      }
    },
    clear: async () => {
      await storage.deleteAlarm();
      await storage.deleteAll();
    },
    setAlarm: (at) => later(storage.setAlarm(at, unconfirmed)),
  };
}

/** Runs a call that fails only on a socket that is closing anyway. */
export function quietly(task: () => void): void {
  try {
    task();
  } catch {
    // The close event follows.
  }
}
