// What can be sent of what a page passes. Loaded with what sends it.
import { RtcError } from '../state/errors.js';
import type { Payload } from './payload.js';

/** The largest message, bytes. */
export const MOST_BYTES = 16_777_216;

/** @throws RtcError `bad-argument` for what JSON cannot say; `message-too-large`. */
export function checkPayload(payload: Payload): Payload {
  const size = payload.bytes ? payload.bytes.byteLength : (payload.json?.length ?? 0);
  if ('cause' in payload) throw noJsonError(payload.cause);
  if (size > MOST_BYTES) throw tooLargeError(MOST_BYTES);
  return payload;
}

const noJsonError = (cause: unknown): RtcError =>
  new RtcError('bad-argument', 'Send what JSON can say, or bytes.', { cause });

export const tooLargeError = (most: number): RtcError =>
  new RtcError('message-too-large', `Send at most ${most} bytes at once, or a file.`);
