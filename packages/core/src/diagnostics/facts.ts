// What may go into a report: named properties with plain values, and counts.
import type { DiagnosticsFacts } from './diagnostics.js';

/**
 * The properties of `source` named in `keys`, separated by spaces, that have plain values.
 * Everything else stays out: a report takes over only what is known to be harmless.
 */
export const pickFacts = (source: object, keys: string): DiagnosticsFacts =>
  Object.fromEntries(
    keys
      .split(' ')
      .map((key): [string, unknown] => [key, (source as Readonly<Record<string, unknown>>)[key]])
      .filter((entry): entry is [string, DiagnosticsFacts[string]] =>
        ['string', 'number', 'boolean'].includes(typeof entry[1]),
      ),
  );

/** How often each of `words` occurs. */
export const countWords = (words: readonly string[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
};
