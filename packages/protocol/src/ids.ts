import { nanoid } from 'nanoid';

/** What a room may be called (EN-1). Anything else is refused with 4404 before the room wakes. */
export const ROOM_NAME_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** The form of every id on the wire: sessions, users, message ids, references. */
export const ID_PATTERN = ROOM_NAME_PATTERN;

/** The form of `hello.key`, the secret that keeps a browser the same user. */
export const KEY_PATTERN = /^[A-Za-z0-9_-]{21,64}$/;

/** Creates a random id: 21 URL-safe characters, 126 bits. */
export const createId = (): string => nanoid();

/** Whether `name` can name a room (EN-1). */
export const isRoomName = (name: string): boolean => ROOM_NAME_PATTERN.test(name);

/** The path of a room's WebSocket on its host (EN-1). */
export const roomPath = (room: string): string => `/parties/room/${room}`;
