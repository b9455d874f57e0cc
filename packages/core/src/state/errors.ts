// Every rejection of this package is an RtcError, and every `error` event carries one.
import type { Problem } from './room-state.js';

/** Stable error codes. Every error also has a message that tells people what to do. */
export type RtcErrorCode =
  // Devices. The first eight are the possible failures of a request for a camera or microphone.
  /** Denied by the person, the system or an earlier choice. */
  | 'permission-denied'
  /** The prompt was closed without an answer. */
  | 'permission-dismissed'
  /** There is no such device. */
  | 'device-not-found'
  /** Another program is using it, or the system could not open it. */
  | 'device-busy'
  /** The browser failed to start it. */
  | 'device-failed'
  /** It does not meet the constraints, not even the relaxed ones. */
  | 'device-overconstrained'
  /** The page is not served over https or from localhost. */
  | 'insecure-context'
  /** The page, or the frame it is in, is not allowed to ask. */
  | 'policy-blocked'
  /** It was disconnected while in use. */
  | 'device-unplugged'
  /** It is on but delivers no sound or picture, even after it was reopened. */
  | 'device-silent'
  /** The screen picker was closed, or screen capture was denied. */
  | 'screen-cancelled'
  /** This browser does not support WebRTC, screen capture, or the feature that was used. */
  | 'unsupported'
  // The room.
  /** `host` is neither a host nor a URL. */
  | 'bad-host'
  /** The room name is not allowed. */
  | 'bad-room-name'
  /** The display name is not allowed. */
  | 'bad-name'
  /** The room cannot be reached; attempts continue. */
  | 'host-unreachable'
  /** The room does not support this version of the protocol. */
  | 'version-mismatch'
  /** The token is missing, invalid or expired, or could not be obtained. */
  | 'auth'
  /** The room does not admit this person, page or token. */
  | 'forbidden'
  | 'room-full'
  /** Rate limit exceeded; see `retryAfterMs`. */
  | 'flooded'
  /** The role does not permit it, or the item belongs to somebody else. */
  | 'not-allowed'
  /** The item does not exist, or no longer exists. */
  | 'not-found'
  /** Somebody else changed the value first. */
  | 'conflict'
  | 'removed'
  | 'banned'
  | 'replaced'
  /** The room refused a request that a newer or corrected client would not have made. */
  | 'protocol'
  /** The room refused for a reason that only newer versions know; `message` has the room's words. */
  | 'refused'
  // Chat.
  | 'text-empty'
  | 'text-too-long'
  /** The outbox of unsent messages is full. */
  | 'outbox-full'
  // Peers.
  /** No path to this peer was found. */
  | 'peer-unreachable'
  /** The offer or answer of this peer cannot be used; `cause` is what the browser says about it. */
  | 'peer-incompatible'
  /** A TURN server rejected the credentials; fresh ones are requested. */
  | 'turn-refused'
  /** A TURN server refuses to serve us, whatever the credentials. */
  | 'turn-forbidden'
  /** A TURN server has given this user, or all users together, as many relays as it may. */
  | 'turn-quota'
  /** A TURN server has no room for another relay. */
  | 'turn-capacity'
  /** No TURN server answers, or none can be used. */
  | 'turn-unreachable'
  /** Only relays may be used, and neither the room nor the page names a TURN server. */
  | 'turn-missing'
  /** A message is larger than what a data channel carries at once. */
  | 'message-too-large'
  /** An engine could not connect the call, or is no engine. */
  | 'engine-failed'
  /** The keys cannot be used, or what is sent with them cannot be decrypted. */
  | 'encryption-failed'
  // The page.
  /** A module could not be fetched; trying again may help. */
  | 'part-unavailable'
  // Lifecycle.
  /** The room was left, or the `signal` of a call aborted. */
  | 'aborted'
  | 'timeout';

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

/** The call was left before something in it was done. */
export const callLeftError = (): RtcError => new RtcError('aborted', 'The call was left.');

/** The error with which calls are rejected once the room was left. */
export const leftError = (): RtcError => new RtcError('aborted', 'The room was left.');
