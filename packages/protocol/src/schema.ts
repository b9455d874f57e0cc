/**
 * Schemas as plain data, and the one function that checks values against them (UN-2). As data, they can
 * be turned into other forms, such as a JSON Schema; see docs/decisions/0006.
 */
import { ID_PATTERN } from './ids.js';
import { utf8Length } from './text.js';

/** Any JSON value. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a value in a message may be. Objects have exactly the keys named: none missing, none extra. Of what a
 * room sends, `copyKnown()` leaves only those first.
 */
type Node =
  | { readonly is: 'object'; readonly keys: Readonly<Record<string, AnySchema>> }
  | { readonly is: 'list'; readonly of: AnySchema; readonly max: number }
  | { readonly is: 'map'; readonly key: RegExp; readonly of: AnySchema; readonly max: number }
  /** `known`: the values that this version knows; others are taken as they are. */
  | {
      readonly is: 'text';
      readonly pattern?: RegExp;
      readonly max: number;
      readonly known?: readonly string[];
    }
  | { readonly is: 'integer'; readonly min: number; readonly max: number }
  | { readonly is: 'one of'; readonly values: readonly unknown[]; readonly growth?: Growth }
  /** `scalar` is a string, number or boolean; `json` any value; `nothing` stands for an unknown key. */
  | { readonly is: 'scalar' | 'json' | 'nothing' };

/** What a client reads in place of a value that only newer rooms know; `undefined`: nothing. */
interface Growth {
  readonly nearest: unknown;
}

export type AnySchema = Node & {
  readonly optional?: true;
  readonly orNull?: true;
  /** A check that the rest cannot express. */
  readonly rule?: (value: never) => boolean;
  /** What that asks for, for `explainMisfit()`: of texts at most so many code points, of all else bytes; or words. */
  readonly limit?: number | string;
};

declare const output: unique symbol;

/** A schema of `T`. */
export type SchemaOf<T> = AnySchema & { readonly [output]?: T };

/** A schema of a message without its `type`, by which the schema is found. */
export type BodySchema<T> = SchemaOf<Omit<T, 'type'>>;

type Optional<T> = SchemaOf<T> & { readonly optional: true };
type OutputOf<S> = S extends { readonly [output]?: infer T } ? T : never;
type Shape = Readonly<Record<string, AnySchema>>;
type OptionalKeys<S extends Shape> = {
  [K in keyof S]: S[K] extends { readonly optional: true } ? K : never;
}[keyof S];
type ObjectOf<S extends Shape> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: OutputOf<S[K]>;
} & { readonly [K in OptionalKeys<S>]?: OutputOf<S[K]> };

export const object = <S extends Shape>(keys: S): SchemaOf<ObjectOf<S>> => ({ is: 'object', keys });

export const list = <T>(of: SchemaOf<T>, max = Infinity): SchemaOf<readonly T[]> => ({
  is: 'list',
  of,
  max,
});

/** An object with any keys that match `key`. */
export const map = <T>(
  key: RegExp,
  of: SchemaOf<T>,
  max = Infinity,
): SchemaOf<Readonly<Record<string, T>>> => ({ is: 'map', key, of, max });

export const text = (max: number, pattern?: RegExp): SchemaOf<string> => ({
  is: 'text',
  max,
  ...(pattern && { pattern }),
});

export const integer = (min: number, max: number): SchemaOf<number> => ({
  is: 'integer',
  min,
  max,
});

export const oneOf = <const T>(...values: readonly T[]): SchemaOf<T> => ({ is: 'one of', values });

/**
 * One of `values`, of which newer rooms may have more (UN-5). A client reads those as `nearest`; without that, it
 * leaves them out of their list, map or object.
 */
export const growing = <const T>(values: readonly T[], nearest?: T): SchemaOf<T> => ({
  is: 'one of',
  values,
  growth: { nearest },
});

/** A name such as an error code, of which newer rooms may have more (UN-5). A client keeps those. */
export const openName = (known: readonly string[]): SchemaOf<string> => ({
  is: 'text',
  max: 64,
  pattern: ID_PATTERN,
  known,
});

export const optional = <T>(schema: SchemaOf<T>): Optional<T> => ({ ...schema, optional: true });

export const orNull = <T>(schema: SchemaOf<T>): SchemaOf<T | null> => ({ ...schema, orNull: true });

/** `limit`: what whoever is refused is told. What comes from a room needs none. */
export const ruled = <T>(
  schema: SchemaOf<T>,
  rule: (value: T) => boolean,
  limit?: number | string,
): SchemaOf<T> => ({ ...schema, rule, ...(limit && { limit }) });

/** Any JSON value of at most `maxBytes`, as JSON in UTF-8. */
export const json = (maxBytes: number): SchemaOf<Json> =>
  ruled({ is: 'json' }, (value: Json) => utf8Length(JSON.stringify(value)) <= maxBytes, maxBytes);

export const id = text(64, ID_PATTERN);
export const flag: SchemaOf<boolean> = oneOf(true, false);
export const scalar: SchemaOf<string | number | boolean> = { is: 'scalar' };

const NOTHING: AnySchema = { is: 'nothing' };
/** A count, sequence number, epoch or time in ms: an integer from 0 that a double represents exactly. */
export const count = integer(0, Number.MAX_SAFE_INTEGER);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a value does not fit, and what should be there. */
export interface Misfit {
  /** Its keys, after the name of the whole. */
  readonly path: string;
  readonly schema: AnySchema;
}

/** Where `value` first differs from `schema`; `null` if it fits. */
export function misfit(schema: AnySchema, value: unknown, path: string): Misfit | null {
  if (value === null ? schema.orNull : value === undefined && schema.optional) return null;
  if (!fits(schema, value)) return { path, schema };
  for (const [key, part] of partsOf(schema, value)) {
    const fault = misfit(part, (value as Shape)[key], `${path}.${key}`);
    if (fault) return fault;
  }
  // Last, so that a rule can rely on the parts.
  return schema.rule && !schema.rule(value as never) ? { path, schema } : null;
}

/** Whether `value` fits, apart from its parts. */
function fits(schema: AnySchema, value: unknown): boolean {
  switch (schema.is) {
    case 'object':
      return isRecord(value);
    case 'list':
      return Array.isArray(value) && value.length <= schema.max;
    case 'map': {
      const keys = isRecord(value) ? Object.keys(value) : ['__proto__'];
      return (
        keys.length <= schema.max &&
        keys.every((key) => key !== '__proto__' && schema.key.test(key))
      );
    }
    case 'text':
      return (
        typeof value === 'string' &&
        value.length <= schema.max &&
        (!schema.pattern || schema.pattern.test(value))
      );
    case 'integer':
      return (
        Number.isSafeInteger(value) && Number(value) >= schema.min && Number(value) <= schema.max
      );
    case 'one of':
      return schema.values.includes(value);
    case 'scalar':
      return ['string', 'number', 'boolean'].includes(typeof value);
    case 'json':
      return value !== undefined;
    case 'nothing':
      return false;
  }
}

/** The schema of the part of a `value` under `key`, if it may have one. */
export const partOf = (
  schema: AnySchema & { readonly is: 'object' | 'map' },
  key: string,
): AnySchema | undefined =>
  schema.is === 'map' ? schema.of : Object.hasOwn(schema.keys, key) ? schema.keys[key] : undefined;

/** The key of each part that `value` or `schema` has, with the schema for it. */
function partsOf(schema: AnySchema, value: unknown): readonly (readonly [string, AnySchema])[] {
  if (schema.is === 'object') {
    return Object.keys({ ...schema.keys, ...(value as object) }).map((key) => [
      key,
      partOf(schema, key) ?? NOTHING,
    ]);
  }
  if (!('of' in schema)) return [];
  return Object.keys(value as object).map((key) => [key, schema.of]);
}
