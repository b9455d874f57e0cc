// Copies of parsed JSON, all of it or what a schema knows of it. Copies have no prototypes, so that no key on
// the wire can reach one (UN-2).
import { LIMITS } from './limits.js';
import { type AnySchema, isRecord, partOf } from './schema.js';

/** Copies everything. Throws a RangeError if `value` nests deeper than `depth`. */
export function bare(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) throw new RangeError();
  if (Array.isArray(value)) return value.map((item) => bare(item, depth - 1));
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) copy[key] = bare(item, depth - 1);
  return copy;
}

/**
 * Copies what this version knows of a message from a room, which may be newer (UN-2, UN-5). Leaves out keys
 * that `schema` does not name, replaces or leaves out values that it does not list, and cuts long lists.
 * Calls `onUnknown` for each. What is malformed stays as it is, for `misfit()` to find.
 */
export function copyKnown(schema: AnySchema, value: unknown, onUnknown: () => void): unknown {
  const copy = (part: AnySchema, item: unknown): unknown => copyKnown(part, item, onUnknown);
  switch (schema.is) {
    case 'object':
    case 'map': {
      if (!isRecord(value)) return value;
      const known = Object.create(null) as Record<string, unknown>;
      for (const [key, item] of Object.entries(value)) {
        const part = partOf(schema, key);
        if (!part) onUnknown();
        // JSON has no `undefined`, so that stands for what is left out.
        const kept = part && copy(part, item);
        if (kept !== undefined) known[key] = kept;
      }
      return known;
    }
    case 'list': {
      if (!Array.isArray(value)) return value;
      const known = value.map((item) => copy(schema.of, item)).filter((item) => item !== undefined);
      if (known.length > schema.max) onUnknown();
      return known.slice(0, schema.max);
    }
    case 'one of': {
      const { growth, values } = schema;
      if (!growth || typeof value !== 'string' || values.includes(value)) return value;
      onUnknown();
      return growth.nearest;
    }
    case 'text':
      if (schema.known?.includes(String(value)) === false) onUnknown();
      return value;
    case 'json':
      return bare(value, LIMITS.jsonDepth);
    default:
      return value;
  }
}
