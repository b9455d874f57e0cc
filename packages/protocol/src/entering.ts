// The first words on a socket, and the last (rules EN).
import { type WelcomeChat, welcomeChatSchema } from './chat.js';
import { FAULT_CODES, type FaultCode } from './faults.js';
import { type IceServer, iceServersSchema } from './ice.js';
import { KEY_PATTERN } from './ids.js';
import { LIMITS } from './limits.js';
import {
  type MediaFlags,
  mediaFlagsSchema,
  type Meta,
  metaSchema,
  nameSchema,
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
  optional,
  orNull,
  text,
} from './schema.js';
import { type EarlyOffer, earlyOfferSchema } from './signal.js';

/** Client to room, the first frame (EN-3). */
export interface HelloMessage {
  readonly type: 'hello';
  readonly protocol: number;
  readonly name: string;
  /**
   * A random secret that the browser keeps. In a room without tokens the room derives the user id
   * from it, so the same browser is the same person again and nobody else can claim to be.
   */
  readonly key: string;
  /** Enter the call at once; `false` for chat only. */
  readonly call: boolean;
  readonly media: MediaFlags;
  readonly meta?: Meta;
  /** The session to take up again (EN-5). */
  readonly resume?: string;
  /** The newest chat `seq` that the client holds: `welcome` need not repeat it. */
  readonly lastSeq?: number;
  /** The `welcome.chat.rev` that it knows of, raised by every revision it was told (CH-8). */
  readonly lastRev?: number;
  /** Offers for the first members in the call (EN-6). */
  readonly offers?: readonly EarlyOffer[];
  /** Wait at the door if the room is locked (MO-3). */
  readonly knock?: true;
  /** Optional abilities, for versions to come; unknown ones are ignored. */
  readonly capabilities?: readonly string[];
}

/** The limits that a deployment can set. */
export interface RoomLimits {
  readonly members: number;
  readonly meshMembers: number;
  readonly historyMessages: number;
}

/** Room to client: you are in (EN-3). */
export interface WelcomeMessage {
  readonly type: 'welcome';
  readonly session: string;
  /** Whether `hello.resume` was taken up: same session, same peers (EN-5). */
  readonly resumed: boolean;
  readonly you: PeerEntry;
  /** Everybody else. */
  readonly peers: readonly PeerEntry[];
  /** Roster number; the next `presence` is `seq + 1` (PR-2). */
  readonly seq: number;
  readonly room: string;
  readonly iceServers: readonly IceServer[];
  /** How long their credentials are good for, ms; absent: for ever (EN-8). */
  readonly iceTtlMs?: number;
  readonly chat: WelcomeChat;
  readonly limits: RoomLimits;
  /** Room clock, milliseconds since 1970. */
  readonly serverTime: number;
  /** Who was given each of `hello.offers`, in order; `null`: nobody, drop it (EN-6). */
  readonly offers?: readonly (string | null)[];
}

/** Room to whoever waits at the door: welcome, or a close, comes later (MO-3). */
export interface WaitMessage {
  readonly type: 'wait';
}

/** Client to room: I am going for good, keep no place for me. */
export interface LeaveMessage {
  readonly type: 'leave';
}

/** Client to room: are you there? Always exactly {@link HEARTBEAT}, so a sleeping room need not wake (PR-3). */
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
  readonly code: FaultCode;
  readonly detail: string;
  /** The `id` or `ref` of what was refused. */
  readonly ref?: string;
  readonly retryAfterMs?: number;
}

/** The heartbeat, letter by letter (PR-3). */
export const HEARTBEAT = '{"type":"ping"}';
export const HEARTBEAT_REPLY = '{"type":"pong"}';

export const helloSchema: BodySchema<HelloMessage> = object({
  protocol: count,
  name: nameSchema,
  key: text(64, KEY_PATTERN),
  call: flag,
  media: mediaFlagsSchema,
  meta: optional(metaSchema),
  resume: optional(id),
  lastSeq: optional(count),
  lastRev: optional(count),
  offers: optional(list(earlyOfferSchema, LIMITS.helloOffers)),
  knock: optional(oneOf(true)),
  capabilities: optional(list(text(32), 16)),
});

export const welcomeSchema: BodySchema<WelcomeMessage> = object({
  session: id,
  resumed: flag,
  you: peerEntrySchema,
  peers: list(peerEntrySchema),
  seq: count,
  room: id,
  iceServers: iceServersSchema,
  iceTtlMs: optional(count),
  chat: welcomeChatSchema,
  limits: object({ members: count, meshMembers: count, historyMessages: count }),
  serverTime: count,
  offers: optional(list(orNull(id))),
});

export const waitSchema: BodySchema<WaitMessage> = object({});
export const leaveSchema: BodySchema<LeaveMessage> = object({});
export const pingSchema: BodySchema<PingMessage> = object({});
export const pongSchema: BodySchema<PongMessage> = object({});

export const errorSchema: BodySchema<ErrorMessage> = object({
  code: oneOf(...FAULT_CODES),
  detail: text(512),
  ref: optional(id),
  retryAfterMs: optional(count),
});
