// Takes over what is named, and nothing else: what is not known to be harmless stays out of a report.
import type { DiagnosticsFacts } from './diagnostics.js';

/** Those of `keys`, one blank apart, that `source` has plain values for. */
export const pickFacts = (source: object, keys: string): DiagnosticsFacts =>
  Object.fromEntries(
    keys
      .split(' ')
      .map((key): [string, unknown] => [key, (source as Readonly<Record<string, unknown>>)[key]])
      .filter((entry): entry is [string, DiagnosticsFacts[string]] =>
        ['string', 'number', 'boolean'].includes(typeof entry[1]),
      ),
  );
