// What hosts do to others and to the room, and who is in its waiting room (rules MO).
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
  /** A join request, named by the session that it would become (MO-3). */
  | { readonly action: 'admit' | 'deny'; readonly session: string }
  | { readonly action: 'role'; readonly session: string; readonly role: Role }
  | { readonly action: 'ban' | 'unban'; readonly user: string }
  | { readonly action: 'lock'; readonly on: boolean }
  | { readonly action: 'close' };

/** Client to room. The answer is `done`, or `error` with `forbidden` or `not-found`. */
export type ModerateMessage = Moderation & { readonly type: 'moderate'; readonly ref: string };

/** Somebody in the waiting room (MO-3). */
export interface WaitingPerson {
  readonly session: string;
  readonly user: string;
  readonly name: string;
}

/** Somebody who may not enter (MO-2). */
export interface BannedPerson {
  readonly user: string;
  readonly name: string;
}

/** Room to client: who may enter. Sent on each change, and after `welcome` if anything is restricted. */
export interface AccessMessage {
  readonly type: 'access';
  readonly locked: boolean;
  /** The waiting room; only hosts are told. */
  readonly waiting?: readonly WaitingPerson[];
  /** The bans; only hosts are told. */
  readonly banned?: readonly BannedPerson[];
  /** The rest of `banned` follows in `page` (PG-1). */
  readonly more?: true;
}

/** Room to client: the request `ref` has been carried out. */
export interface DoneMessage {
  readonly type: 'done';
  readonly ref: string;
}

/** The exact keys of each action. */
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

/** The schema has the keys of all actions; the rule demands exactly those of the one in question. */
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
  'the keys of its action',
);

const waitingSchema: SchemaOf<WaitingPerson> = object({ session: id, user: id, name: nameSchema });
export const bannedSchema: SchemaOf<BannedPerson> = object({ user: id, name: nameSchema });

export const accessSchema: BodySchema<AccessMessage> = object({
  locked: flag,
  waiting: optional(list(waitingSchema, LIMITS.waiting)),
  banned: optional(list(bannedSchema, LIMITS.bans)),
  more: optional(oneOf(true)),
});

export const doneSchema: BodySchema<DoneMessage> = object({ ref: id });
