// Looks up a text and fills it in.
import type { MessageKey, Messages } from './en.js';

/** Values for the `{name}` placeholders of a text. `count` also chooses between `one|many`. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** Returns the text for a key. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

/** The text for `key` from `overrides` or else from `words`, with its placeholders filled in. */
export function localize(
  overrides: Partial<Messages> | undefined,
  words: Partial<Messages>,
  key: keyof Messages,
  params: MessageParams = {},
): string {
  // A page without types may give anything, also lists, which have methods of the same names.
  const own: unknown = overrides?.[key];
  const [one = '', many = one] = (typeof own === 'string' ? own : (words[key] ?? key)).split('|');
  const text = params['count'] === undefined || Number(params['count']) === 1 ? one : many;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
