// From deliveries to sockets. A frame for many is made once.
import { encode, type PresenceMessage, type ServerMessage } from '@rtc-elements/protocol';

import type { Connections } from './connections.js';
import type { RoomConnection } from '../ports.js';
import { type Delivery, listeners, type RoomBook } from '../rules/room-book.js';

/** To one socket, with or without a session. */
export const post = (connection: RoomConnection, message: ServerMessage): void =>
  connection.send(encode(message));

/** To the sessions it is for; who is out of reach is passed over. */
export function deliver(book: RoomBook, attendance: Connections, { to, message }: Delivery): void {
  const text = encode(message);
  for (const session of to) connectionOf(book, attendance, session)?.send(text);
}

/** One frame of presence to everybody; how many were there. */
export function tellPresence(
  book: RoomBook,
  attendance: Connections,
  common: PresenceMessage,
  own: ReadonlyMap<string, PresenceMessage>,
): number {
  const text = encode(common);
  const to = listeners(book);
  for (const session of to) {
    const message = own.get(session);
    connectionOf(book, attendance, session)?.send(message ? encode(message) : text);
  }
  return to.length;
}

const connectionOf = (
  book: RoomBook,
  attendance: Connections,
  session: string,
): RoomConnection | undefined => attendance.get(book.sessions.get(session)?.connection ?? '');
