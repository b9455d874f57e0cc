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
  type PagedMessage,
  type PageMessage,
  type ServerMessage,
  utf8Length,
} from '@rtc-elements/protocol';

/** Whether a text is short enough for a frame. */
export const fitsFrame = (text: string): boolean =>
  text.length * 3 <= LIMITS.frameBytes || utf8Length(text) <= LIMITS.frameBytes;

/** The message itself if its list cannot go on in pages; otherwise the message with the first part of it, and pages. */
export function pagesOf(message: ServerMessage): readonly ServerMessage[] {
  if (!isPaged(message)) return [message];
  const list = PAGED_LISTS[message.type];
  const items = listOf(message);
  const begin = (part: readonly unknown[]) =>
    ({ ...message, [list]: part, more: true }) as PagedMessage;
  const goOn = (part: readonly unknown[], more: boolean) =>
    ({ type: 'page', [list]: part, more }) as PageMessage;
  const [first = [], ...rest] = divide(items, [begin([]), goOn([], false)]);
  if (rest.length === 0) return [message];
  return [begin(first), ...rest.map((part, index) => goOn(part, index < rest.length - 1))];
}

/** Divides `items` among frames, of which each of `around` is one without items; the last stands for all others. */
function divide(
  items: readonly unknown[],
  around: readonly [ServerMessage, ServerMessage],
): readonly (readonly unknown[])[] {
  const [first, later] = around.map((message) => LIMITS.frameBytes - sizeOf(message)) as [
    number,
    number,
  ];
  const parts: unknown[][] = [[]];
  let left = first;
  for (const item of items) {
    // With the comma after it.
    const bytes = utf8Length(JSON.stringify(item)) + 1;
    if (bytes > left) {
      parts.push([]);
      left = later;
    }
    left -= bytes;
    parts.at(-1)?.push(item);
  }
  return parts;
}

const sizeOf = (message: ServerMessage): number => utf8Length(encode(message));
