// Pure text rules that both ends apply: the client before it sends, the room before it believes.

/** Control characters, save newline and tab; and lone surrogates, which no UTF-8 can carry. */
const UNPRINTABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\p{Cs}]/u;

/** As above, with newline and tab, and the marks that reorder text around a name. */
const UNPRINTABLE_IN_NAME =
  /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Cs}]/u;

/** How many code points a text has: what the limits of names and chat texts count. */
export const codePointLength = (text: string): number => [...text].length;

/** The size of a text in UTF-8, without encoding it. By code unit: rooms ask it of every message. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) bytes += unit > 0x7ff ? 2 : 1;
    // The other half of a pair adds the fourth byte.
    if (unit > 0xd7ff && unit < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff) at += 1;
  }
  return bytes;
}

const isLength = (length: number, max: number): boolean => length > 0 && length <= max;

/** Whether a chat text is allowed (CH-3): 1 to `max` code points, no control characters but newline and tab. */
export const isChatText = (text: string, max: number): boolean =>
  isLength(codePointLength(text), max) && !UNPRINTABLE.test(text);

/** Whether a display name is allowed: 1 to `max` code points, trimmed, nothing that breaks or reorders a line. */
export const isDisplayName = (name: string, max: number): boolean =>
  isLength(codePointLength(name), max) && name === name.trim() && !UNPRINTABLE_IN_NAME.test(name);

/** The nearest chat text to what somebody typed: same lines, without what CH-3 forbids; not shortened. */
export const cleanChatText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(new RegExp(UNPRINTABLE, 'gu'), '').trim();

/** The nearest allowed name to what somebody typed; empty when nothing is left. */
export const cleanDisplayName = (name: string, max: number): string =>
  [...name.replace(new RegExp(UNPRINTABLE_IN_NAME, 'gu'), ' ').replace(/\s+/g, ' ').trim()]
    .slice(0, max)
    .join('')
    .trim();
