// Every rejection and every `error` event of this package is an RtcError.
import type { Problem } from './room-state.js';

/** Stable names of what can go wrong. Each comes with a message that says what to do. */
export type RtcErrorCode =
  // Devices. The first eight are what a browser can answer to a request for a camera or microphone.
  /** The person, the system or an earlier choice said no. */
  | 'permission-denied'
  /** The prompt was closed without an answer. */
  | 'permission-dismissed'
  /** There is no such device. */
  | 'device-not-found'
  /** Another program holds it, or the system could not open it. */
  | 'device-busy'
  /** The browser gave up starting it. */
  | 'device-failed'
  /** It cannot do what was asked of it, nor what was asked less strictly. */
  | 'device-overconstrained'
  /** The page is not served over https or from localhost. */
  | 'insecure-context'
  /** The page, or the frame it is in, is not allowed to ask. */
  | 'policy-blocked'
  /** It went away while in use. */
  | 'device-unplugged'
  /** It is on, but gives no sound or picture, also after it was opened anew. */
  | 'device-silent'
  /** The screen picker was closed or refused. */
  | 'screen-cancelled'
  /** This browser has no WebRTC, no screen capture, or not this part of it. */
  | 'unsupported'
  // The room.
  /** `host` is no host or URL. */
  | 'bad-host'
  /** The room name is not allowed. */
  | 'bad-room-name'
  /** The display name is not allowed. */
  | 'bad-name'
  /** The room cannot be reached; it goes on being tried. */
  | 'host-unreachable'
  /** The room does not speak this version. */
  | 'version-mismatch'
  /** The token is missing, bad or expired, or could not be had. */
  | 'auth'
  /** The room does not let this person, page or token in. */
  | 'forbidden'
  | 'room-full'
  /** Too much, too fast; see `retryAfterMs`. */
  | 'flooded'
  /** The role does not allow it, or it is somebody else's. */
  | 'not-allowed'
  /** What it is about is not there, or not any more. */
  | 'not-found'
  /** Somebody else was faster: the value is another one now. */
  | 'conflict'
  | 'removed'
  | 'banned'
  | 'replaced'
  /** The room refused something for a reason that a newer or fixed client would not meet. */
  | 'protocol'
  // Chat.
  | 'text-empty'
  | 'text-too-long'
  /** More waits to be sent than the outbox holds. */
  | 'outbox-full'
  // Peers.
  /** No path to this peer was found. */
  | 'peer-unreachable'
  /** A TURN server did not accept its credentials; others are asked for. */
  | 'turn-refused'
  // The page.
  /** A part of the page could not be fetched; trying again can help. */
  | 'part-unavailable'
  // Life.
  /** The room was left, or the `signal` of a call aborted. */
  | 'aborted'
  | 'timeout';

export interface RtcErrorOptions {
  readonly cause?: unknown;
  /** Whether doing the same again can succeed without a change of code or settings. */
  readonly retryable?: boolean;
  /** When that is worth trying, ms from now, where the room said so. */
  readonly retryAfterMs?: number;
}

/** What this package rejects with and dispatches: a stable `code`, and a `message` for people that says what to do. */
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

/** What is rejected with once the room was left. */
export const leftError = (): RtcError => new RtcError('aborted', 'The room was left.');
