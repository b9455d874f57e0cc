// The messages that begin and end a stay in a room (rules EN).
import { type WelcomeChat, welcomeChatSchema } from './chat.js';
import { FAULT_CODES } from './faults.js';
import { featuresSchema } from './features.js';
import { type IceServer, iceServersSchema } from './ice.js';
import { KEY_PATTERN } from './ids.js';
import { LIMITS } from './limits.js';
import {
  type MediaFlags,
  mediaFlagsSchema,
  type Meta,
  metaSchema,
  givenNameSchema,
  type PeerEntry,
  peerEntrySchema,
} from './presence.js';
import {
  type BodySchema,
  count,
  flag,
  id,
  list,
  object,
  oneOf,
  openName,
  optional,
  orNull,
  text,
} from './schema.js';
import { type EarlyOffer, earlyOfferSchema } from './signal.js';
import { PROTOCOL_VERSION } from './version.js';

/** Client to room, the first frame (EN-3). */
export interface HelloMessage {
  readonly type: 'hello';
  readonly protocol: number;
  readonly name: string;
  /**
   * A random secret that the browser keeps. Where rooms are open, the user id is derived from it, so a
   * browser remains the same user, and nobody else can claim to be that user.
   */
  readonly key: string;
  /** Whether to enter the call at once. `false` is for chat only. */
  readonly call: boolean;
  readonly media: MediaFlags;
  readonly meta?: Meta;
  /** The session to resume (EN-5). */
  readonly resume?: string;
  /** The newest chat `seq` that the client holds, so that `welcome` need not repeat what it has. */
  readonly lastSeq?: number;
  /** The last `welcome.chat.rev`, or the `rev` of the newest revision received since (CH-8). */
  readonly lastRev?: number;
  /** Offers for the first members in the call (EN-6). */
  readonly offers?: readonly EarlyOffer[];
  /** Join the waiting room if the room is locked (MO-3). */
  readonly knock?: true;
  /** What the client can do beyond the first edition of this version (UN-4); see `CLIENT_CAPABILITIES`. */
  readonly capabilities?: readonly string[];
}

/** The limits that a deployment can set. */
export interface RoomLimits {
  readonly members: number;
  readonly meshMembers: number;
  readonly historyMessages: number;
}

/** Room to client: you have joined (EN-3). */
export interface WelcomeMessage {
  readonly type: 'welcome';
  readonly session: string;
  /** Whether `hello.resume` was resumed: the same session, with the same peers (EN-5). */
  readonly resumed: boolean;
  readonly you: PeerEntry;
  /** Everybody else, unless there is `more`. */
  readonly peers: readonly PeerEntry[];
  /** The rest of `peers` follows in `page` (PG-1). */
  readonly more?: true;
  /** The number of the roster. The next `presence` has `seq + 1` (PR-2). */
  readonly seq: number;
  readonly room: string;
  readonly iceServers: readonly IceServer[];
  /** How long the credentials are valid, in ms; absent if they do not expire (EN-8). */
  readonly iceTtlMs?: number;
  readonly chat: WelcomeChat;
  readonly limits: RoomLimits;
  /** The time by the room's clock, in milliseconds since 1970. */
  readonly serverTime: number;
  /** The session that got each of `hello.offers`, in order; `null` if none did, so drop the offer (EN-6). */
  readonly offers?: readonly (string | null)[];
  /** What the room takes beyond the first edition of this version (UN-4); see `ROOM_FEATURES`. */
  readonly features?: readonly string[];
}

/** Room to client: you are in the waiting room. `welcome` or a close follows (MO-3). */
export interface WaitMessage {
  readonly type: 'wait';
}

/** Client to room: I am leaving for good, so do not keep my session. */
export interface LeaveMessage {
  readonly type: 'leave';
}

/** Client to room: always exactly {@link HEARTBEAT}, so that a sleeping room need not wake (PR-3). */
export interface PingMessage {
  readonly type: 'ping';
}

/** Room to client: always exactly {@link HEARTBEAT_REPLY}. */
export interface PongMessage {
  readonly type: 'pong';
}

/** Room to client: a frame was refused (UN-1). */
export interface ErrorMessage {
  readonly type: 'error';
  /** One of `FAULT_CODES`, or one that only a newer room has (UN-5). */
  readonly code: string;
  /** For people, who are shown it if the client does not know the code. */
  readonly detail: string;
  /** The `id` or `ref` of what was refused. */
  readonly ref?: string;
  readonly retryAfterMs?: number;
}

/** The exact text of the heartbeat (PR-3). */
export const HEARTBEAT = '{"type":"ping"}';
export const HEARTBEAT_REPLY = '{"type":"pong"}';

export const helloSchema: BodySchema<HelloMessage> = object({
  protocol: oneOf(PROTOCOL_VERSION),
  name: givenNameSchema,
  key: text(64, KEY_PATTERN),
  call: flag,
  media: mediaFlagsSchema,
  meta: optional(metaSchema),
  resume: optional(id),
  lastSeq: optional(count),
  lastRev: optional(count),
  offers: optional(list(earlyOfferSchema, LIMITS.helloOffers)),
  knock: optional(oneOf(true)),
  capabilities: optional(list(text(LIMITS.featureLength), LIMITS.capabilities)),
});

export const welcomeSchema: BodySchema<WelcomeMessage> = object({
  session: id,
  resumed: flag,
  you: peerEntrySchema,
  peers: list(peerEntrySchema),
  more: optional(oneOf(true)),
  seq: count,
  room: id,
  iceServers: iceServersSchema,
  iceTtlMs: optional(count),
  chat: welcomeChatSchema,
  limits: object({ members: count, meshMembers: count, historyMessages: count }),
  serverTime: count,
  offers: optional(list(orNull(id))),
  features: optional(featuresSchema),
});

export const waitSchema: BodySchema<WaitMessage> = object({});
export const leaveSchema: BodySchema<LeaveMessage> = object({});
export const pingSchema: BodySchema<PingMessage> = object({});
export const pongSchema: BodySchema<PongMessage> = object({});

export const errorSchema: BodySchema<ErrorMessage> = object({
  code: openName(FAULT_CODES),
  detail: text(512),
  ref: optional(id),
  retryAfterMs: optional(count),
});
