// A room of the future: says more than today's, in ways that today's clients cannot know.
import type { SocketFactory } from '../../packages/core/src/ports.js';
import { isRecord } from '../../packages/protocol/src/schema.js';

/** Objects whose keys are data: a new one would be a new value, not something to ignore. */
const DATA = new Set(['meta', 'reactions', 'sources', 'value', 'data']);

/** The frame, with a new key in each of its objects. */
export const growFrame = (frame: string): string => JSON.stringify(grow(JSON.parse(frame)));

function grow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grow);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    DATA.has(key) ? part : grow(part),
  ]);
  return { ...Object.fromEntries(entries), 'x-new': { deep: [1, { er: true }] } };
}

/** A client's sockets to a room whose frames pass through `change`. */
export const changingFrames =
  (openSocket: SocketFactory, change: (frame: string) => string): SocketFactory =>
  (getTarget, handlers) =>
    openSocket(getTarget, {
      ...handlers,
      onOpen: (isGreeted) => handlers.onOpen(isGreeted),
      onClose: (close) => handlers.onClose(close),
      onMessage: (data) => handlers.onMessage(change(String(data))),
    });
