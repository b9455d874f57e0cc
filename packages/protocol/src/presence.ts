// Who is in the room, and what is known about them (rules PR).
import { LIMITS } from './limits.js';
import {
  type BodySchema,
  count,
  flag,
  growing,
  id,
  list,
  map,
  object,
  oneOf,
  optional,
  orNull,
  ruled,
  scalar,
  type SchemaOf,
  text,
} from './schema.js';
import { isDisplayName, isNameShape, utf8Length } from './text.js';

export const ROLES = ['host', 'speaker', 'listener'] as const;
export type Role = (typeof ROLES)[number];

/** What a token can permit one by one. A role stands for a set of them (MO-1). */
export const PERMISSIONS = ['chat', 'media', 'state', 'moderate'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The client says `active` or `away`. The room says `reconnecting` when the socket broke (EN-5). */
export const PRESENCE_STATES = ['active', 'away', 'reconnecting'] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

/** What a peer says it is sending. Receivers show this at once, without waiting for the media. */
export interface MediaFlags {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

/** What a host can mute (MO-2). */
export const MEDIA_SOURCES = ['microphone', 'camera', 'screen'] as const;
export type MediaSource = (typeof MEDIA_SOURCES)[number];

/** An application's own presence data: one flat object of at most `LIMITS.metaBytes` as JSON. */
export type Meta = Readonly<Record<string, string | number | boolean | null>>;

/** One entry of the roster (PR-1). */
export interface PeerEntry {
  /** One stay of one page in the room. It outlasts a broken socket (EN-5), but not a reload. */
  readonly session: string;
  /** The same in every session of one person. */
  readonly user: string;
  readonly name: string;
  readonly role: Role;
  /** The permissions, if a token sets them instead of the role (MO-1). */
  readonly can?: readonly Permission[];
  /** By the room's clock, in milliseconds since 1970. */
  readonly joinedAt: number;
  readonly state: PresenceState;
  /**
   * The place in the order in which sessions entered the call; 0 outside it (chat only). Of two peers,
   * the one with the larger number entered later and makes the first offer.
   */
  readonly call: number;
  readonly media: MediaFlags;
  readonly hand: boolean;
  readonly meta: Meta;
  /** Muted by a host: receivers do not play these until their owner has turned them off (MO-2). */
  readonly muted: readonly MediaSource[];
  /** The newest chat `seq` that the peer has seen; 0 for none (CH-7). */
  readonly read: number;
}

/** The fields of a roster entry that can change. */
export interface PeerChange {
  readonly session: string;
  readonly name?: string;
  readonly role?: Role;
  readonly state?: PresenceState;
  readonly call?: number;
  readonly media?: MediaFlags;
  readonly hand?: boolean;
  readonly meta?: Meta;
  readonly muted?: readonly MediaSource[];
  readonly read?: number;
}

/** Why a session left the roster. */
export const DEPARTURES = ['left', 'lost', 'removed', 'banned', 'replaced'] as const;
export type Departure = (typeof DEPARTURES)[number];

export interface PeerDeparture {
  readonly session: string;
  readonly reason: Departure;
}

/** Client to room: my present state. Absent keys are left unchanged. */
export interface PresenceSetMessage {
  readonly type: 'presence.set';
  readonly name?: string;
  readonly state?: 'active' | 'away';
  /** Enter or leave the call. */
  readonly call?: boolean;
  readonly media?: MediaFlags;
  readonly hand?: boolean;
  readonly meta?: Meta;
  /** The newest chat `seq` that was seen. It never decreases (CH-7). */
  readonly read?: number;
}

/** Client to room: I missed a frame, so send the whole roster (PR-2). */
export interface RosterGetMessage {
  readonly type: 'roster.get';
}

/** Room to client: the whole roster at `seq`, including the receiver. */
export interface RosterMessage {
  readonly type: 'roster';
  readonly seq: number;
  readonly peers: readonly PeerEntry[];
  /** The rest of `peers` follows in `page` (PG-1). */
  readonly more?: true;
}

/** Room to client: what changed since `seq - 1`, including the receiver's own entry (PR-2). */
export interface PresenceMessage {
  readonly type: 'presence';
  readonly seq: number;
  readonly joined?: readonly PeerEntry[];
  readonly changed?: readonly PeerChange[];
  readonly left?: readonly PeerDeparture[];
}

const nameText = text(2 * LIMITS.nameLength);

/** A name that a room sends. It may be from before TX-2. */
export const nameSchema = ruled(nameText, (name) => isNameShape(name, LIMITS.nameLength));

/** A name that a client gives itself. */
export const givenNameSchema = ruled(
  nameText,
  (name) => isDisplayName(name, LIMITS.nameLength),
  LIMITS.nameLength,
);

export const mediaFlagsSchema: SchemaOf<MediaFlags> = object({
  microphone: flag,
  camera: flag,
  screen: flag,
});

export const metaSchema: SchemaOf<Meta> = ruled(
  map(/./s, orNull(scalar)),
  (meta) => utf8Length(JSON.stringify(meta)) <= LIMITS.metaBytes,
  LIMITS.metaBytes,
);

export const role = growing(ROLES, 'speaker');
const muted = list(growing(MEDIA_SOURCES), MEDIA_SOURCES.length);
const state = growing(PRESENCE_STATES, 'active');

export const peerEntrySchema: SchemaOf<PeerEntry> = object({
  session: id,
  user: id,
  name: nameSchema,
  role,
  can: optional(list(growing(PERMISSIONS), PERMISSIONS.length)),
  joinedAt: count,
  state,
  call: count,
  media: mediaFlagsSchema,
  hand: flag,
  meta: metaSchema,
  muted,
  read: count,
});

const peerChangeSchema: SchemaOf<PeerChange> = object({
  session: id,
  name: optional(nameSchema),
  role: optional(role),
  state: optional(state),
  call: optional(count),
  media: optional(mediaFlagsSchema),
  hand: optional(flag),
  meta: optional(metaSchema),
  muted: optional(muted),
  read: optional(count),
});

const peerDepartureSchema: SchemaOf<PeerDeparture> = object({
  session: id,
  reason: growing(DEPARTURES, 'left'),
});

export const presenceSetSchema: BodySchema<PresenceSetMessage> = object({
  name: optional(givenNameSchema),
  state: optional(oneOf('active', 'away')),
  call: optional(flag),
  media: optional(mediaFlagsSchema),
  hand: optional(flag),
  meta: optional(metaSchema),
  read: optional(count),
});

export const rosterGetSchema: BodySchema<RosterGetMessage> = object({});

export const rosterSchema: BodySchema<RosterMessage> = object({
  seq: count,
  peers: list(peerEntrySchema),
  more: optional(oneOf(true)),
});

export const presenceSchema: BodySchema<PresenceMessage> = object({
  seq: count,
  joined: optional(list(peerEntrySchema)),
  changed: optional(list(peerChangeSchema)),
  left: optional(list(peerDepartureSchema)),
});
