// The clock and the sockets of a room, made from what every host has.
import type { ConnectionNote, RoomClock, RoomConnection } from '../ports.js';
import { type HostConnection, quietly } from './host-connection.js';
import type { SocketCloser } from './socket-closer.js';

/** The note of a socket whose own was lost, which is not known to happen in any runtime. */
const BLANK: ConnectionNote = {
  session: null,
  openedAt: 0,
  seenAt: 0,
  address: null,
  takesPages: false,
  takesNew: false,
  local: false,
  identity: null,
};

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
  closer: SocketCloser,
): RoomConnection => ({
  id: connection.id,
  send: (text) => quietly(() => connection.send(text)),
  close: (code, reason) => closer.close(connection, heardAt, code, reason),
  get note() {
    return connection.state ?? BLANK;
  },
  setNote: (note) => quietly(() => connection.setState(note)),
  heardAt,
});
