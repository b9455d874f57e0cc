// From a key to words.
import type { MessageKey, Messages } from './en.js';

/** What the `{name}` places of a text are filled with. `count` also picks between `one|many`. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** From a key to words, in the page's language. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

/** The text of `key`, from `overrides` or else from `words`, with its places filled in. */
export function localize(
  overrides: Partial<Messages> | undefined,
  words: Partial<Messages>,
  key: MessageKey,
  params: MessageParams = {},
): string {
  const [one = '', many = one] = (overrides?.[key] ?? words[key] ?? key).split('|');
  const text = params['count'] === undefined || Number(params['count']) === 1 ? one : many;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
