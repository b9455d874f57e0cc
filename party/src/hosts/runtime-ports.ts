// The clock and the sockets of a room, made from what every host has.
import type { ConnectionNote, RoomClock, RoomConnection } from '../ports.js';

/** The note of a socket whose own was lost, which is not known to happen in any runtime. */
const BLANK: ConnectionNote = {
  session: null,
  openedAt: 0,
  seenAt: 0,
  address: null,
  takesPages: false,
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
  // A timer, as storage that answers from memory lets no other event in.
  nextTurn: () => new Promise((next) => setTimeout(next, 0)),
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

/** Runs a call that fails only on a socket that is closing anyway. */
export function quietly(task: () => void): void {
  try {
    task();
  } catch {
    // The close event follows.
  }
}
