import { nanoid } from 'nanoid';

/** EN-1: what a room may be called. Anything else is refused with 4404 before the room wakes. */
export const ROOM_NAME_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** The form of every id on the wire: sessions, users, message ids, references. */
export const ID_PATTERN = ROOM_NAME_PATTERN;

/** The form of the secret by which a browser stays the same user (`hello.key`). */
export const KEY_PATTERN = /^[A-Za-z0-9_-]{21,64}$/;

/** A new random id: 21 URL-safe characters, 126 bits. */
export const createId = (): string => nanoid();

/** Whether `name` can name a room (EN-1). */
export const isRoomName = (name: string): boolean => ROOM_NAME_PATTERN.test(name);

/** The path of a room's WebSocket on its host (EN-1). */
export const roomPath = (room: string): string => `/parties/room/${room}`;
