// The shared state of a room: a few small values of record (rules ST).
import { LIMITS } from './limits.js';
import {
  type BodySchema,
  count,
  id,
  type Json,
  json,
  list,
  object,
  oneOf,
  optional,
  type SchemaOf,
  text,
} from './schema.js';

/** The form of a key. */
export const STATE_KEY_PATTERN = /^[A-Za-z0-9_.:-]{1,64}$/;

/** One value of the shared state, and its last change. */
export interface StateEntry {
  readonly key: string;
  /** `null` if the key has no value. */
  readonly value: Json;
  /** The number of the change, among all changes of the state, that set this value. */
  readonly rev: number;
  /** The user who set it. */
  readonly by: string;
}

/** Client to room. The answer is `state` to everybody and `done`, or `error` with `conflict`. */
export interface StateSetMessage {
  readonly type: 'state.set';
  readonly ref: string;
  readonly key: string;
  /** `null` removes the key. */
  readonly value: Json;
  /** Set only if the value still has this `rev`, where 0 stands for no value; absent: set in any case. */
  readonly rev?: number;
}

/** Room to client: changed values. With `all`, after `welcome`, every value there is. */
export interface StateMessage {
  readonly type: 'state';
  readonly entries: readonly StateEntry[];
  readonly all?: true;
  /** The rest of `entries` follows in `page` (PG-1). */
  readonly more?: true;
}

const key = text(64, STATE_KEY_PATTERN);

export const stateEntrySchema: SchemaOf<StateEntry> = object({
  key,
  value: json(LIMITS.stateBytes),
  rev: count,
  by: id,
});

/** What a backend puts over HTTP (ST-2). */
export type StateRequest = Omit<StateSetMessage, 'type' | 'ref'>;

export const stateRequestSchema: SchemaOf<StateRequest> = object({
  key,
  value: json(LIMITS.stateBytes),
  rev: optional(count),
});

export const stateSetSchema: BodySchema<StateSetMessage> = object({
  ref: id,
  key,
  value: json(LIMITS.stateBytes),
  rev: optional(count),
});

export const stateSchema: BodySchema<StateMessage> = object({
  entries: list(stateEntrySchema, LIMITS.stateKeys),
  all: optional(oneOf(true)),
  more: optional(oneOf(true)),
});
