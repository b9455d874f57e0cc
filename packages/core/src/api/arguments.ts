// Checks what a caller passes: one reader per argument, which returns a copy of what it takes.
import { RtcError } from '../state/errors.js';

/** Returns what is to be used of `value`. Throws `bad-argument` with a sentence in which `place` is what was passed. */
export type Reader = (value: unknown, place: string) => unknown;

export const isFunction = (value: unknown): boolean => typeof value === 'function';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** An object literal: no list, map, date or event, whose content is not in its keys. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  const parent = Object.getPrototypeOf(value) as object | null;
  // Not `Object.prototype`: the object may be from another frame.
  return parent === null || Object.getPrototypeOf(parent) === null;
}

const refuse = (place: string, expects: string): never => {
  throw new RtcError('bad-argument', `${place} must be ${expects}.`);
};

export const reader =
  (expects: string, takes: (value: unknown) => boolean): Reader =>
  (value, place) =>
    takes(value) ? value : refuse(place, expects);

export const maybe =
  (read: Reader): Reader =>
  (value, place) =>
    value === undefined ? value : read(value, place);

export const either =
  (expects: string, takes: (value: unknown) => boolean, read: Reader): Reader =>
  (value, place) =>
    takes(value) ? value : isObject(value) ? read(value, place) : refuse(place, expects);

export const anyText = reader('a text', (value) => typeof value === 'string');
export const trueOrFalse = reader('true or false', (value) => typeof value === 'boolean');
export const callback = reader('a function', isFunction);
export const plain = reader('an object', isPlain);
export const abortSignal = reader('an AbortSignal', (value) => value instanceof AbortSignal);
export const wholeNumber = reader(
  'a whole number, 0 or more',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);

export const choiceOf = (...values: readonly string[]): Reader =>
  reader(values.map((value) => `"${value}"`).join(' or '), (value) =>
    values.includes(value as string),
  );

/**
 * An object with these keys and no others: one that is misspelt would have no effect. An AbortController is an object with
 * a `signal`.
 */
export const fields = (readers: Readonly<Record<string, Reader>>): Reader => {
  const names = Object.keys(readers);
  const expects = `an object with ${names.join(', ')}`;
  return (value, place) => {
    if (!isPlain(value) && !(value instanceof AbortController)) return refuse(place, expects);
    const given = value as Readonly<Record<string, unknown>>;
    const odd = Object.keys(given).find((name) => !names.includes(name));
    if (odd !== undefined) refuse(place, `${expects}, without "${odd}"`);
    const read = names.map((name) => [name, readers[name]?.(given[name], `${place}: "${name}"`)]);
    return Object.fromEntries(read.filter(([, item]) => item !== undefined)) as object;
  };
};

const listed = (value: unknown): unknown =>
  isObject(value) && Symbol.iterator in value
    ? Array.from(value as unknown as Iterable<unknown>)
    : value;

/**
 * Anything: what carries it out checks it, and is loaded for that. Lists, and those in an object, are copied at once.
 */
export const taken: Reader = (value) =>
  isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, listed(item)]))
    : listed(value);

/** Each argument as its reader returns it. Throws `bad-argument`, also if one cannot be read. */
export function readArguments(
  method: string,
  readers: readonly Reader[],
  given: readonly unknown[],
): unknown[] {
  try {
    return readers.map((one, index) => one(given[index], `${method}(): argument ${index + 1}`));
  } catch (cause) {
    if (cause instanceof RtcError) throw cause;
    throw new RtcError('bad-argument', `${method}(): an argument cannot be read.`, { cause });
  }
}
