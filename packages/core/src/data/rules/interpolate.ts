// What lies between two values of somebody, such as two places of a pointer.
import type { Json } from '@rtc-elements/protocol';

type Part = Readonly<Record<string, Json>>;

/**
 * The value `ratio` of the way from `from` to `to`, 0 to 1. Numbers are in between, also in objects and lists that have
 * them in the same place; everything else is as in `from` until `to` is reached.
 */
export function interpolate(from: Json, to: Json, ratio: number): Json {
  if (ratio >= 1) return to;
  if (typeof from === 'number' && typeof to === 'number') return from + (to - from) * ratio;
  if (isList(from)) {
    if (!isList(to) || to.length !== from.length) return from;
    return from.map((item, index) => interpolate(item, to[index] ?? null, ratio));
  }
  if (!isPart(from) || !isPart(to)) return from;
  const parts = Object.entries(from).map(([key, item]) => {
    const next = Object.hasOwn(to, key) ? to[key] : undefined;
    return [key, next === undefined ? item : interpolate(item, next, ratio)] as const;
  });
  return Object.fromEntries(parts);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isPart = (value: Json): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
