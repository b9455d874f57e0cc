// Writes messages to sockets. A message for many is encoded once, and divided only if it does not fit a frame (PG-1).
import { encode, isPaged, type PresenceMessage, type ServerMessage } from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';
import { framesOf } from '../rules/pages.js';
import { type Delivery, listeners, type RoomBook } from '../rules/room-book.js';
import type { Connections } from './connections.js';

/** To one socket, with or without a session. */
export function send(connection: RoomConnection, message: ServerMessage): void {
  for (const text of framesFor(message)(connection)) connection.send(text);
}

/** To the sessions in the delivery, except those without a socket. */
export function deliver(book: RoomBook, connections: Connections, { to, message }: Delivery): void {
  const framesOfSocket = framesFor(message);
  for (const session of to) {
    const connection = connectionOf(book, connections, session);
    if (connection) for (const text of framesOfSocket(connection)) connection.send(text);
  }
}

/** One presence frame to every session: its own, where it has one, or `common`. Returns how many. */
export function broadcastPresence(
  book: RoomBook,
  connections: Connections,
  common: PresenceMessage,
  own: ReadonlyMap<string, PresenceMessage>,
): number {
  const text = encode(common);
  const to = listeners(book);
  for (const session of to) {
    const message = own.get(session);
    connectionOf(book, connections, session)?.send(message ? encode(message) : text);
  }
  return to.length;
}

/** The frames of a message for each socket. Clients that take no pages get a single one, of any size. */
function framesFor(message: ServerMessage): (connection: RoomConnection) => readonly string[] {
  let whole: readonly string[] | null = null;
  let pages: readonly string[] | null = null;
  return ({ note }) =>
    isPaged(message) && note.takesPages
      ? (pages ??= framesOf(message))
      : (whole ??= [encode(message)]);
}

const connectionOf = (
  book: RoomBook,
  connections: Connections,
  session: string,
): RoomConnection | undefined => connections.get(book.sessions.get(session)?.connection ?? '');
