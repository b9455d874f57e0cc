/**
 * Why a frame was refused (UN-1). The room answers `error {code, ref}` with one of these, to the sender
 * only.
 */
export const FAULT_CODES = [
  /** Not text. */
  'binary',
  /** Larger than `LIMITS.frameBytes`. */
  'too-big',
  /** Not JSON, or not an object with a `type`. */
  'not-json',
  /** Nested deeper than `LIMITS.jsonDepth`. */
  'too-deep',
  /** A `type` that this version does not know. */
  'unknown-type',
  /** A known `type` with a missing, extra or malformed key. */
  'bad-shape',
  /** A protocol version that this room does not speak. */
  'bad-version',
  /** Anything but `hello` before `welcome`, a second `hello`, or an `ack` of a mark that was not sent. */
  'out-of-order',
  /** The addressed session is not in the room. */
  'peer-gone',
  /** The client of the addressed session does not take this. */
  'unsupported',
  /** Over a rate limit; `retryAfterMs` says when to try again. */
  'rate-limited',
  /** The room could not store the message. Send it again with the same id. */
  'not-stored',
  /** The room cannot be opened, because its storage fails; `retryAfterMs` says when to try again. */
  'unavailable',
  /** The room is full. */
  'room-full',
  /** The sender's rights do not allow it, or it belongs to somebody else. */
  'forbidden',
  /** What the message refers to does not exist, or no longer does. */
  'not-found',
  /** The value was changed in the meantime. Its present value was sent just before this error. */
  'conflict',
] as const;

/** One of {@link FAULT_CODES}. */
export type FaultCode = (typeof FAULT_CODES)[number];

/** A refusal as a value: decoding never throws. */
export interface Fault {
  readonly code: FaultCode;
  /** For whoever debugs a client: which key is wrong, and what was expected. */
  readonly detail: string;
  /** The `id` or `ref` of the refused message, if one could be read. */
  readonly ref?: string;
}
