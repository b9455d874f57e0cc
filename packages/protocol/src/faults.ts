/**
 * Why a frame was refused (UN-1). The room answers `error {code, ref}` with one of these; the sender
 * alone hears of it.
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
  /** A known type in a wrong shape: a missing, extra or malformed key. */
  'bad-shape',
  /** A protocol version this room does not speak. */
  'bad-version',
  /** Anything but `hello` before `welcome`, or a second `hello`. */
  'out-of-order',
  /** The addressed session is not in the room. */
  'peer-gone',
  /** More than the limits allow; `retryAfterMs` says when there is room again. */
  'rate-limited',
  /** The room could not store it; send it again with the same id. */
  'not-stored',
  /** The room has no place left. */
  'room-full',
  /** The role does not allow it, or it is somebody else's. */
  'forbidden',
  /** What it is about is not there (any more). */
  'not-found',
  /** The state was changed meanwhile; its present value came just before. */
  'conflict',
] as const;

/** One of {@link FAULT_CODES}. */
export type FaultCode = (typeof FAULT_CODES)[number];

/** A refusal as a value: decoding never throws. */
export interface Fault {
  readonly code: FaultCode;
  /** For people who debug a client: which key, what was expected. */
  readonly detail: string;
  /** The `id` or `ref` of the refused message, where one could be read. */
  readonly ref?: string;
}
