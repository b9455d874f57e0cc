// What a member may do, and who becomes host (MO-1).
import {
  type ClientMessage,
  type MediaFlags,
  type Permission,
  PERMISSIONS,
  type Role,
} from '@rtc-elements/protocol';

import type { RoomBook, SessionRecord } from './room-book.js';

const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  host: PERMISSIONS,
  speaker: ['chat', 'media', 'state'],
  listener: ['chat'],
};

/** A role, and what a token says instead of it. */
export type Standing = Pick<SessionRecord, 'role' | 'can'>;

export const may = ({ role, can }: Standing, permission: Permission): boolean =>
  (can ?? BY_ROLE[role]).includes(permission);

const BY_TYPE: Readonly<Partial<Record<ClientMessage['type'], Permission>>> = {
  'chat.send': 'chat',
  'chat.edit': 'chat',
  'chat.delete': 'chat',
  'chat.react': 'chat',
  typing: 'chat',
  'state.set': 'state',
  moderate: 'moderate',
};

/** Whether a frame of theirs may be worked off at all. */
export function isAllowed(standing: Standing, message: ClientMessage): boolean {
  const permission = BY_TYPE[message.type];
  if (permission) return may(standing, permission);
  // What is off already needs no permission to stay so.
  const media = message.type === 'presence.set' ? message.media : undefined;
  return !media || !Object.values(media).includes(true) || may(standing, 'media');
}

const NOTHING: MediaFlags = { microphone: false, camera: false, screen: false };

/** What the roster shows of what somebody says they send. */
export const allowedMedia = (standing: Standing, media: MediaFlags): MediaFlags =>
  may(standing, 'media') ? media : NOTHING;

export const hasHost = (book: RoomBook): boolean =>
  [...book.sessions.values()].some((record) => may(record, 'moderate'));

/** Who becomes host now; `null`: there is one, or nobody whose role is the room's to give. */
export function successor(book: RoomBook): SessionRecord | null {
  if (hasHost(book)) return null;
  const heirs = [...book.sessions.values()].filter(
    ({ appointed, role }) => !appointed && role === 'speaker',
  );
  return heirs.find(({ lostAt }) => lostAt === 0) ?? heirs[0] ?? null;
}
