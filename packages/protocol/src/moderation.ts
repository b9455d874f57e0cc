// What hosts do to others and to the room, and who waits at its door (rules MO).
import { LIMITS } from './limits.js';
import { MEDIA_SOURCES, type MediaSource, nameSchema, type Role, role } from './presence.js';
import {
  type BodySchema,
  flag,
  id,
  list,
  object,
  oneOf,
  optional,
  ruled,
  type SchemaOf,
} from './schema.js';

/** One thing that a host can do (MO-2). */
export type Moderation =
  | { readonly action: 'mute'; readonly session: string; readonly source: MediaSource }
  | { readonly action: 'lower-hand' | 'remove'; readonly session: string }
  /** Whoever waits at the locked room, by the session they would have (MO-3). */
  | { readonly action: 'admit' | 'deny'; readonly session: string }
  | { readonly action: 'role'; readonly session: string; readonly role: Role }
  | { readonly action: 'ban' | 'unban'; readonly user: string }
  | { readonly action: 'lock'; readonly on: boolean }
  | { readonly action: 'close' };

/** Client to room. Answered with `done`, or `error forbidden` or `not-found`. */
export type ModerateMessage = Moderation & { readonly type: 'moderate'; readonly ref: string };

/** Somebody at the door (MO-3), or outside of it (MO-2). */
export interface WaitingPerson {
  readonly session: string;
  readonly user: string;
  readonly name: string;
}

export interface BannedPerson {
  readonly user: string;
  readonly name: string;
}

/** Room to client: the door, after `welcome` where there is something to say, and on each change. */
export interface AccessMessage {
  readonly type: 'access';
  readonly locked: boolean;
  /** Who asks to come in; only hosts are told. */
  readonly waiting?: readonly WaitingPerson[];
  /** Who is kept out; only hosts are told. */
  readonly banned?: readonly BannedPerson[];
}

/** Room to client: what `ref` asked for is done. */
export interface DoneMessage {
  readonly type: 'done';
  readonly ref: string;
}

/** The keys that each action needs, no more and no less. */
const KEYS: Readonly<Record<Moderation['action'], readonly string[]>> = {
  mute: ['session', 'source'],
  'lower-hand': ['session'],
  remove: ['session'],
  admit: ['session'],
  deny: ['session'],
  role: ['session', 'role'],
  ban: ['user'],
  unban: ['user'],
  lock: ['on'],
  close: [],
};

const ACTIONS = Object.keys(KEYS) as Moderation['action'][];

/** Exact by action: the schema names every key there is, the rule those of the action. */
export const moderateSchema: BodySchema<ModerateMessage> = ruled(
  object({
    ref: id,
    action: oneOf(...ACTIONS),
    session: optional(id),
    user: optional(id),
    source: optional(oneOf(...MEDIA_SOURCES)),
    role: optional(role),
    on: optional(flag),
  }),
  (body) => {
    const wanted = ['ref', 'action', ...KEYS[body.action]];
    return Object.keys(body).length === wanted.length && wanted.every((key) => key in body);
  },
);

const waitingSchema: SchemaOf<WaitingPerson> = object({ session: id, user: id, name: nameSchema });
const bannedSchema: SchemaOf<BannedPerson> = object({ user: id, name: nameSchema });

export const accessSchema: BodySchema<AccessMessage> = object({
  locked: flag,
  waiting: optional(list(waitingSchema, LIMITS.waiting)),
  banned: optional(list(bannedSchema, LIMITS.bans)),
});

export const doneSchema: BodySchema<DoneMessage> = object({ ref: id });
