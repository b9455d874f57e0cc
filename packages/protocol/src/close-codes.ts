/**
 * Application close codes (EN-4). A browser sees a refused handshake as a bare 1006, so whenever a client
 * has to know the reason, the socket opens first and then closes with one of these.
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
 * Whether a client may reconnect on its own after `code` (EN-4). Of the 44xx codes, only 4408 allows it;
 * 4503 does, and so does every code of the WebSocket protocol itself.
 */
export const mayRetryAfterClose = (code: number): boolean =>
  code === CLOSE.idle || code < 4400 || code >= 4500;
