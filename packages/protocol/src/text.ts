// The rules for texts, which a client applies before it sends and the room before it accepts.

/** Control characters except newline and tab, and lone surrogates, which UTF-8 cannot represent. */
const UNPRINTABLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\p{Cs}]/u;

/** The same with newline and tab, and the marks that would reorder the text around a name. */
const UNPRINTABLE_IN_NAME =
  /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Cs}]/u;

/**
 * A character that shows something. No property of Unicode says that the first three are blank: a filler of a
 * script, a note without a head, and a pattern of Braille without a dot.
 */
const VISIBLE =
  /[^\u{16FE4}\u{1D159}\u2800\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}]/u;

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

/** Whether anything of a text can be seen (TX-2). Spaces, joiners, fillers and tags alone cannot. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** Whether a room may send this as a text (CH-3). What was written before TX-2 may show nothing. */
export const isTextShape = (text: string, max: number): boolean =>
  isLength(codePointLength(text), max) && !UNPRINTABLE.test(text);

/** Whether a room may send this as a name (TX-1). */
export const isNameShape = (name: string, max: number): boolean =>
  isLength(codePointLength(name), max) && name === name.trim() && !UNPRINTABLE_IN_NAME.test(name);

/**
 * Whether somebody may say this: 1 to `max` code points, no controls but newline and tab (CH-3), and
 * something to see (TX-2).
 */
export const isChatText = (text: string, max: number): boolean =>
  isTextShape(text, max) && isVisible(text);

/**
 * Whether somebody may be called this: trimmed, 1 to `max` code points, none that break or reorder a line
 * (TX-1), and something to see (TX-2).
 */
export const isDisplayName = (name: string, max: number): boolean =>
  isNameShape(name, max) && isVisible(name);

/** Whether a file may be called this: like a person, and no path (CH-11). */
export const isFileName = (name: string, max: number): boolean =>
  isDisplayName(name, max) && !/[\\/]/.test(name) && name !== '.' && name !== '..';

/** Removes what CH-3 forbids from what somebody typed, and keeps its lines. Does not shorten it. */
export const cleanChatText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(new RegExp(UNPRINTABLE, 'gu'), '').trim();
