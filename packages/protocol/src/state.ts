// The state of a room: a few small values of record that everybody shares (rules ST).
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

/** What a key of the state may be. */
export const STATE_KEY_PATTERN = /^[A-Za-z0-9_.:-]{1,64}$/;

/** One value of the state, and its history in two words. */
export interface StateEntry {
  readonly key: string;
  /** `null`: there is none. */
  readonly value: Json;
  /** Of all changes of the state, the one that made this value. */
  readonly rev: number;
  /** The user who set it. */
  readonly by: string;
}

/** Client to room. Answered with `state` to everybody and `done`, or `error conflict`. */
export interface StateSetMessage {
  readonly type: 'state.set';
  readonly ref: string;
  readonly key: string;
  /** `null` takes the key away. */
  readonly value: Json;
  /** Only if the value is still of this revision; 0: only if there is none. Absent: whatever it is. */
  readonly rev?: number;
}

/** Room to client: values that are new. `all`: after `welcome`, and there are no others. */
export interface StateMessage {
  readonly type: 'state';
  readonly entries: readonly StateEntry[];
  readonly all?: true;
}

const key = text(64, STATE_KEY_PATTERN);

const stateEntrySchema: SchemaOf<StateEntry> = object({
  key,
  value: json(LIMITS.stateBytes),
  rev: count,
  by: id,
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
});
