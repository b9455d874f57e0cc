// What a schema asks for, in words. Only those read them whose messages a room refuses, so clients do not load this.
import type { AnySchema, Misfit } from './schema.js';

/** What was expected where a value does not fit, with every limit of it. */
export const explainMisfit = ({ path, schema }: Misfit): string =>
  `${path}: expected ${schema.is}${limitOf(schema)}`;

function limitOf(schema: AnySchema): string {
  if (schema.limit !== undefined) return `: ${wordsFor(schema.is, schema.limit)}`;
  switch (schema.is) {
    case 'one of':
      return ` ${schema.values.join(', ')}`;
    case 'integer':
      return ` from ${schema.min} to ${schema.max}`;
    case 'text':
      return ` of at most ${schema.max} characters${schema.pattern ? ` like ${schema.pattern}` : ''}`;
    case 'list':
      return mostOf(schema.max);
    case 'map':
      return `${mostOf(schema.max)} with keys like ${schema.key}`;
    case 'scalar':
      return ': string, number or boolean';
    default:
      return '';
  }
}

function wordsFor(is: AnySchema['is'], limit: number | string): string {
  if (typeof limit === 'string') return limit;
  return is === 'text'
    ? `1 to ${limit} code points, one to see, no control characters`
    : `at most ${limit} bytes`;
}

const mostOf = (max: number): string => (max === Infinity ? '' : ` of at most ${max}`);
