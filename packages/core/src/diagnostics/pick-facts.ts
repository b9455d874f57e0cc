// Takes over what is named, and nothing else: what is not known to be harmless stays out of a report.
import type { Facts } from './diagnostics.js';

/** Those of `keys`, one blank apart, that `source` has plain values for. */
export const pickFacts = (source: object, keys: string): Facts =>
  Object.fromEntries(
    keys
      .split(' ')
      .map((key): [string, unknown] => [key, (source as Readonly<Record<string, unknown>>)[key]])
      .filter((entry): entry is [string, Facts[string]] =>
        ['string', 'number', 'boolean'].includes(typeof entry[1]),
      ),
  );

/** How many of `words` there are of each. */
export const countWords = (words: readonly string[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
};
