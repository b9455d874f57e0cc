// What a Standard Schema of the page says of what a peer sent.
import type { DataSchema, SchemaResult } from '../api/data-api.js';
import { RtcError } from '../state/errors.js';

interface Checked {
  readonly value: unknown;
}

/** @throws RtcError `bad-argument`, at once or later, if the schema refuses it; whatever the schema throws. */
export function checkSchema(
  schema: DataSchema | undefined,
  data: unknown,
): Checked | Promise<Checked> {
  if (!schema) return { value: data };
  const result = schema['~standard'].validate(data);
  return result instanceof Promise ? result.then(read) : read(result);
}

function read(result: SchemaResult<unknown>): Checked {
  if (!result.issues) return { value: result.value };
  const [{ message } = { message: 'no reason is given' }] = result.issues;
  throw new RtcError('bad-argument', `The data does not fit: ${message}`);
}
