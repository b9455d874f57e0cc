// How a socket is told that it is refused, at the edge and by a room that cannot be opened (EN-4, CC-1).
import { encode } from '@rtc-elements/protocol';

import type { EdgeRefusal } from './rules/refusal.js';

/** The most bytes that a close reason may have. Ours are ASCII. */
const REASON_LENGTH = 123;

/** Closes with the code of the refusal, after an `error` that says when to come back, if there is such a time. */
export function refuseSocket(
  socket: { send(text: string): void; close(code: number, reason: string): void },
  { close, detail, error, retry }: EdgeRefusal,
): void {
  if (retry) {
    socket.send(encode({ type: 'error', code: retry.code, detail, retryAfterMs: retry.afterMs }));
  }
  socket.close(close, `${error}: ${detail}`.slice(0, REASON_LENGTH));
}
