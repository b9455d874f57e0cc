// Writes messages to sockets. A message for many is encoded once.
import { encode, type PresenceMessage, type ServerMessage } from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';
import { type Delivery, listeners, type RoomBook } from '../rules/room-book.js';
import type { Connections } from './connections.js';

/** To one socket, with or without a session. */
export const send = (connection: RoomConnection, message: ServerMessage): void =>
  connection.send(encode(message));

/** To the sessions in the delivery, except those without a socket. */
export function deliver(book: RoomBook, connections: Connections, { to, message }: Delivery): void {
  const text = encode(message);
  for (const session of to) connectionOf(book, connections, session)?.send(text);
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

const connectionOf = (
  book: RoomBook,
  connections: Connections,
  session: string,
): RoomConnection | undefined => connections.get(book.sessions.get(session)?.connection ?? '');
