// The rules for texts, which a client applies before it sends and the room before it accepts.

/** Control characters except newline and tab, and lone surrogates, which UTF-8 cannot represent. */
const UNPRINTABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\p{Cs}]/u;

/** The same with newline and tab, and the marks that would reorder the text around a name. */
const UNPRINTABLE_IN_NAME =
  /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Cs}]/u;

/** The number of code points, which the limits of names and chat messages count. */
export const codePointLength = (text: string): number => [...text].length;

/** The size of a text in UTF-8, computed without encoding it, as rooms need it for every message. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) bytes += unit > 0x7ff ? 2 : 1;
    // `bytes` already counts 1 for the other half of the pair, which makes four.
    if (unit > 0xd7ff && unit < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff) at += 1;
  }
  return bytes;
}

const isLength = (length: number, max: number): boolean => length > 0 && length <= max;

/** Whether a chat message has 1 to `max` code points, and no controls but newline and tab (CH-3). */
export const isChatText = (text: string, max: number): boolean =>
  isLength(codePointLength(text), max) && !UNPRINTABLE.test(text);

/** Whether a display name is trimmed, has 1 to `max` code points, and none that break or reorder a line. */
export const isDisplayName = (name: string, max: number): boolean =>
  isLength(codePointLength(name), max) && name === name.trim() && !UNPRINTABLE_IN_NAME.test(name);

/** Removes what CH-3 forbids from what somebody typed, and keeps its lines. Does not shorten it. */
export const cleanChatText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(new RegExp(UNPRINTABLE, 'gu'), '').trim();

/** Turns what somebody typed into an allowed name; empty if nothing is left. */
export const cleanDisplayName = (name: string, max: number): string =>
  [...name.replace(new RegExp(UNPRINTABLE_IN_NAME, 'gu'), ' ').replace(/\s+/g, ' ').trim()]
    .slice(0, max)
    .join('')
    .trim();
