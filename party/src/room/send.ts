// Writes messages to sockets. A message for many is encoded once, and divided only if it does not fit a frame (PG-1).
import {
  encode,
  isPaged,
  type PresenceMessage,
  type ServerMessage,
  utf8Length,
} from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';
import { inFirstEdition } from '../rules/older-clients.js';
import { framesOf } from '../rules/pages.js';
import { type Delivery, listeners, type RoomBook } from '../rules/room-book.js';
import type { Connections } from './connections.js';

/** To one socket, with or without a session. Returns the size of the message, in bytes. */
export const send = (connection: RoomConnection, message: ServerMessage): number =>
  write(connection, framesFor(message)(connection));

/** To the sessions in the delivery, except those without a socket. Returns the size of the message, in bytes. */
export function deliver(
  book: RoomBook,
  connections: Connections,
  { to, message }: Delivery,
): number {
  const framesOfSocket = framesFor(message);
  let bytes = 0;
  for (const session of to) {
    const connection = connectionOf(book, connections, session);
    if (connection) bytes = write(connection, framesOfSocket(connection));
  }
  return bytes;
}

/** One presence frame to every session: its own, where it has one, or `common`. Returns how many. */
export function broadcastPresence(
  book: RoomBook,
  connections: Connections,
  common: PresenceMessage,
  own: ReadonlyMap<string, PresenceMessage>,
): number {
  const text = encode(common);
  const bytes = utf8Length(text);
  const to = listeners(book);
  for (const session of to) {
    const message = own.get(session);
    const connection = connectionOf(book, connections, session);
    if (message) connection?.send(encode(message));
    else connection?.send(text, bytes);
  }
  return to.length;
}

/** A frame, and its size in bytes. */
interface SizedFrame {
  readonly text: string;
  readonly bytes: number;
}

const sized = (text: string): SizedFrame => ({ text, bytes: utf8Length(text) });

type FramesOfSocket = (connection: RoomConnection) => readonly SizedFrame[];

/** The frames of a message for each socket: without what is new, for clients that would refuse it (UN-4). */
function framesFor(message: ServerMessage): FramesOfSocket {
  const frames = encodingsOf(message);
  const older = inFirstEdition(message);
  if (older === message) return frames;
  const olderFrames = encodingsOf(older);
  return (connection) => (connection.note.takesNew ? frames : olderFrames)(connection);
}

/** Clients that take no pages get a single frame, of any size. */
function encodingsOf(message: ServerMessage): FramesOfSocket {
  let whole: readonly SizedFrame[] | null = null;
  let pages: readonly SizedFrame[] | null = null;
  const wholeFrame = (): readonly SizedFrame[] => (whole ??= [sized(encode(message))]);
  // The note of a socket is read for those messages only: runtimes unpack it each time.
  if (!isPaged(message)) return wholeFrame;
  return ({ note }) => (note.takesPages ? (pages ??= framesOf(message).map(sized)) : wholeFrame());
}

/** Returns how many bytes that was. */
function write(connection: RoomConnection, frames: readonly SizedFrame[]): number {
  let sum = 0;
  for (const { text, bytes } of frames) {
    connection.send(text, bytes);
    sum += bytes;
  }
  return sum;
}

const connectionOf = (
  book: RoomBook,
  connections: Connections,
  session: string,
): RoomConnection | undefined => connections.get(book.sessions.get(session)?.connection ?? '');
