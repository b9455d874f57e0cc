// What a member may do (MO-1).
import {
  type ClientMessage,
  type MediaFlags,
  type Permission,
  PERMISSIONS,
  type Role,
} from '@rtc-elements/protocol';

import type { SessionRecord } from './room-book.js';

const BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  host: PERMISSIONS,
  speaker: ['chat', 'media', 'state'],
  listener: ['chat'],
};

/** A role, and the permissions that a token grants instead. */
export type Rights = Pick<SessionRecord, 'role' | 'can'>;

export const may = ({ role, can }: Rights, permission: Permission): boolean =>
  (can ?? BY_ROLE[role]).includes(permission);

/** Data changes what others see or get, so it takes one of the rights that a listener has not (DA-2). */
const mayData = (rights: Rights): boolean => may(rights, 'media') || may(rights, 'state');

const BY_TYPE: Readonly<Partial<Record<ClientMessage['type'], Permission>>> = {
  'chat.send': 'chat',
  'chat.edit': 'chat',
  'chat.delete': 'chat',
  'chat.react': 'chat',
  typing: 'chat',
  'state.set': 'state',
  moderate: 'moderate',
};

/** Whether somebody with these rights may send `message` at all. */
export function isAllowed(rights: Rights, message: ClientMessage): boolean {
  const permission = BY_TYPE[message.type];
  if (permission) return may(rights, permission);
  if (message.type === 'data.send') return mayData(rights);
  // Saying that everything is off needs no permission.
  const media = message.type === 'presence.set' ? message.media : undefined;
  return !media || !Object.values(media).includes(true) || may(rights, 'media');
}

const NOTHING: MediaFlags = { microphone: false, camera: false, screen: false };

/** The media flags that the roster shows: those the member announced, if they may send media. */
export const allowedMedia = (rights: Rights, media: MediaFlags): MediaFlags =>
  may(rights, 'media') ? media : NOTHING;

/**
 * The mutes that remain when a member announces `media`: each lasts until the member, who has turned the
 * source off, turns it on again (MO-2).
 */
export const stillMuted = (
  record: Pick<SessionRecord, 'media' | 'muted'>,
  media: MediaFlags,
): SessionRecord['muted'] =>
  record.muted.filter((source) => record.media[source] || !media[source]);
