// The schema of any value at all; apart, as only messages of the annex and of clients hold one.
import { type Json, ruled, type SchemaOf } from './schema.js';
import { utf8Length } from './text.js';

/** Any value of JSON, up to `maxBytes` of it. */
export const json = (maxBytes: number): SchemaOf<Json> =>
  ruled({ is: 'json' }, (value: Json) => utf8Length(JSON.stringify(value)) <= maxBytes);
