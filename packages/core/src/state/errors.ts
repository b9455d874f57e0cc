// Every rejection of this package is an RtcError, and every `error` event carries one.
import type { RtcErrorCode } from './error-codes.js';
import type { Problem } from './room-state.js';

export type { RtcErrorCode };

export interface RtcErrorOptions {
  readonly cause?: unknown;
  /** Whether a retry can succeed without a change of code or settings. */
  readonly retryable?: boolean;
  /** How long to wait before a retry, ms; present if the room specified it. */
  readonly retryAfterMs?: number;
}

/** The error type of this package: a stable `code`, and a `message` that tells people what to do. */
export class RtcError extends Error {
  override readonly name = 'RtcError';
  readonly code: RtcErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: RtcErrorCode, message: string, options: RtcErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** An RtcError as the snapshot shows it. */
export const toProblem = ({ code, message, retryable, retryAfterMs }: RtcError): Problem => ({
  code,
  message,
  retryable,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

/** A message is not in the room. `isKept`: it will be offered again. */
export const notSentError = (isKept: boolean): RtcError =>
  new RtcError(
    'not-sent',
    isKept
      ? 'Not sent. It is kept here for 24 hours.'
      : 'Not sent. Copy it, as it cannot be kept here.',
    { retryable: true },
  );

/** The call was left before something in it was done. */
export const callLeftError = (): RtcError => new RtcError('aborted', 'The call was left.');

/** The error with which calls are rejected once the room was left. */
export const leftError = (): RtcError => new RtcError('aborted', 'The room was left.');

/** Joining was given up before we were in. */
export const joinAbortedError = (): RtcError => new RtcError('aborted', 'Joining was aborted.');
