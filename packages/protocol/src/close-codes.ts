/**
 * Application close codes (EN-4). A refused handshake reaches a browser as a bare 1006, so whatever
 * a client must understand is told by one of these after the socket has opened.
 */
export const CLOSE = {
  badMessage: 4400,
  auth: 4401,
  forbidden: 4403,
  room: 4404,
  idle: 4408,
  replaced: 4409,
  removed: 4410,
  banned: 4411,
  tooBig: 4413,
  locked: 4423,
  flood: 4429,
  retryLater: 4503,
} as const;

/** One of the numbers in {@link CLOSE}. */
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/**
 * Whether a client may try again by itself after `code` (EN-4): never after a 44xx but 4408;
 * after 4503 and after every code of the WebSocket protocol itself, yes.
 */
export const mayRetryAfterClose = (code: number): boolean =>
  code === CLOSE.idle || code < 4400 || code >= 4500;
