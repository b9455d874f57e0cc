// Turns the room's `error` into a typed error that tells the caller what to do.
import { type ErrorMessage, FAULT_CODES, type FaultCode } from '@rtc-elements/protocol';

import { RtcError, type RtcErrorCode } from '../state/errors.js';

/** The code, what to do about it, and whether the same request can succeed later. */
type Row = readonly [RtcErrorCode, string, boolean?];

const ROWS: Readonly<Partial<Record<FaultCode, Row>>> = {
  forbidden: ['not-allowed', 'You are not allowed to do this. Ask a host of the room.'],
  'not-found': ['not-found', 'That item is no longer in the room.'],
  conflict: ['conflict', 'Somebody else changed this first. Look at it, and try again.'],
  'rate-limited': ['flooded', 'Too much was asked too fast. Try again in a moment.', true],
  unavailable: ['host-unreachable', 'The room cannot be opened at present. Try again later.', true],
  'not-stored': ['host-unreachable', 'The room could not store this. Try again.', true],
};

const OTHER: Row = ['protocol', 'The room refused this. Reload the page.'];

/** Whether this version knows an error code; newer rooms may have others (UN-5). */
export const isKnownCode = (code: string): code is FaultCode =>
  (FAULT_CODES as readonly string[]).includes(code);

/** The error with which to reject a request that the room answered with `error`. */
export function toFaultError({ code: cause, detail, retryAfterMs }: ErrorMessage): RtcError {
  const [code, message, retryable = false] = isKnownCode(cause)
    ? (ROWS[cause] ?? OTHER)
    : // Only the room knows what it means, so people see its own words.
      (['refused', detail || OTHER[1], retryAfterMs !== undefined] satisfies Row);
  return new RtcError(code, message, {
    cause,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** The room disconnected us for flooding; we may return after `retryAfterMs` (LI-4). */
export const floodError = (retryAfterMs: number): RtcError =>
  new RtcError('flooded', 'Too much was sent. Try again in a moment.', {
    retryable: true,
    retryAfterMs,
  });
