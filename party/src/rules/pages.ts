/**
 * What a room sends as frames of at most `LIMITS.frameBytes` (LI-1): a list that is too long for one goes on in
 * pages (PG-1). Everything else that a room sends is bounded where it is made.
 */
import {
  encode,
  isPaged,
  LIMITS,
  listOf,
  PAGED_LISTS,
  type ServerMessage,
  utf8Length,
} from '@rtc-elements/protocol';

/** Whether a text is short enough for a frame. */
export const fitsFrame = (text: string): boolean =>
  text.length * 3 <= LIMITS.frameBytes || utf8Length(text) <= LIMITS.frameBytes;

/** The frames of a message for a client that takes pages: one, unless its list needs more. */
export function framesOf(message: ServerMessage): readonly string[] {
  if (!isPaged(message) || listOf(message).length === 0) return [encode(message)];
  const list = PAGED_LISTS[message.type];
  const items = listOf(message).map(encodeItem);
  const head = JSON.stringify({ ...message, [list]: undefined });
  const parts = divide(items, LIMITS.frameBytes - utf8Length(frameOf(head, list, [], true)));
  const last = parts.length - 1;
  return parts.map((part, index) => {
    if (index === 0) return frameOf(head, list, part, last > 0 || undefined);
    return frameOf(PAGE, list, part, index < last);
  });
}

const PAGE = '{"type":"page"}';

/** The text of an object with a list of encoded items, and `more`, added. */
function frameOf(text: string, list: string, items: readonly Encoded[], more?: boolean): string {
  const end = more === undefined ? '' : `,"more":${more}`;
  return `${text.slice(0, -1)},"${list}":[${items.map((item) => item.text).join()}]${end}}`;
}

/** An item as JSON, and its size with the comma after it. */
interface Encoded {
  readonly text: string;
  readonly bytes: number;
}

/** There may be a thousand, and everybody who enters gets all of them. Items are never changed. */
const known = new WeakMap<object, Encoded>();

function encodeItem(item: object): Encoded {
  const before = known.get(item);
  if (before) return before;
  const text = JSON.stringify(item);
  const encoded = { text, bytes: utf8Length(text) + 1 };
  known.set(item, encoded);
  return encoded;
}

/** Divides items among frames. The first has `room` bytes for them, the others as much as a page has. */
function divide(items: readonly Encoded[], room: number): readonly (readonly Encoded[])[] {
  const roomOfPage = LIMITS.frameBytes - frameOf(PAGE, 'entries', [], false).length;
  const parts: Encoded[][] = [[]];
  let left = room;
  for (const item of items) {
    if (item.bytes > left) {
      parts.push([]);
      left = roomOfPage;
    }
    left -= item.bytes;
    parts.at(-1)?.push(item);
  }
  return parts;
}
