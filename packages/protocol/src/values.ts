// Ephemeral values, which peers tell each other on a data path that loses and reorders messages (rules EV).
import { LIMITS } from './limits.js';
import {
  type BodySchema,
  count,
  type Json,
  json,
  list,
  object,
  oneOf,
  optional,
  type SchemaOf,
  text,
} from './schema.js';
import { STATE_KEY_PATTERN } from './state.js';

/** What has become of one value. */
export interface ValueEntry {
  readonly name: string;
  /**
   * When it was set, by the clock of the sender, ms. A later value of the same name has a greater one, even if that clock
   * was set back.
   */
  readonly at: number;
  /** `null`: there is none any more. */
  readonly value: Json;
  /** Whoever takes it shall say so (EV-3). */
  readonly ask?: true;
}

export interface ValuesMessage {
  readonly type: 'values';
  readonly entries: readonly ValueEntry[];
}

/** These values have arrived (EV-3). */
export interface ValuesSeenMessage {
  readonly type: 'values.seen';
  readonly entries: readonly Pick<ValueEntry, 'name' | 'at'>[];
}

export type ValueMessage = ValuesMessage | ValuesSeenMessage;

/** As for the keys of the shared state. */
const name = text(64, STATE_KEY_PATTERN);

const entrySchema: SchemaOf<ValueEntry> = object({
  name,
  at: count,
  value: json(LIMITS.valueBytes),
  ask: optional(oneOf(true)),
});

const valuesSchema: BodySchema<ValuesMessage> = object({
  entries: list(entrySchema, LIMITS.valueNames),
});
const seenSchema: BodySchema<ValuesSeenMessage> = object({
  entries: list(object({ name, at: count }), LIMITS.valueNames),
});

/** The schemas of what is sent on the path for values, by `type`. */
export const valueMessageSchemas = {
  values: valuesSchema,
  'values.seen': seenSchema,
};
