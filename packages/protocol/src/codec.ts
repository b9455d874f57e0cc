// Encodes and decodes messages, for both ends. The only file that calls JSON.parse. Decoding never throws.
import { type ClientMessage, clientMessageSchemas } from './client-message.js';
import { type Fault, type FaultCode } from './faults.js';
import { type IceServer, iceServersSchema } from './ice.js';
import { ID_PATTERN } from './ids.js';
import { LIMITS } from './limits.js';
import { type NoticeRequest, noticeRequestSchema } from './notify.js';
import { type PeerMessage, peerMessageSchemas } from './peer-message.js';
import { isRecord, misfit, type SchemaOf } from './schema.js';
import { type ServerMessage, serverMessageSchemas } from './server-message.js';
import { utf8Length } from './text.js';

/** A message, or why it could not be decoded. */
export type Decoded<T> = { readonly ok: true; readonly message: T } | Refused;

interface Refused {
  readonly ok: false;
  readonly fault: Fault;
}

/** Schemas of the bodies of messages, by `type`. */
type Schemas = Readonly<Record<string, SchemaOf<object>>>;

/** A message as one text frame. */
export const encode = (message: ClientMessage | ServerMessage | PeerMessage): string =>
  JSON.stringify(message);

/** Decodes what a client sent to the room (UN-1, UN-2). */
export const decodeClientMessage = (data: unknown): Decoded<ClientMessage> =>
  decode(data, clientMessageSchemas, LIMITS.frameBytes, answer);

/** Decodes what a room sent to the client. The frame limit does not apply, as clients trust the room. */
export const decodeServerMessage = (data: unknown): Decoded<ServerMessage> =>
  decode(data, serverMessageSchemas, Infinity);

/** Decodes what a peer sent on the control channel. */
export const decodePeerMessage = (data: unknown): Decoded<PeerMessage> =>
  decode(data, peerMessageSchemas, LIMITS.frameBytes);

/**
 * Reads the ICE servers of a deployment, from JSON or from the value it stands for. It is here because no
 * other file may parse JSON.
 */
export const decodeIceServers = (data: unknown): Decoded<readonly IceServer[]> =>
  decodeValue(data, iceServersSchema, 'iceServers');

/** Decodes the body that a backend posts as a notice (NO-1). */
export const decodeNoticeRequest = (data: string): Decoded<NoticeRequest> =>
  decodeValue(data, noticeRequestSchema, 'notice');

function decodeValue<T>(data: unknown, schema: SchemaOf<T>, name: string): Decoded<T> {
  let value: unknown = data;
  try {
    if (typeof data === 'string') value = bare(JSON.parse(data), LIMITS.jsonDepth);
  } catch (error) {
    return unreadable(error);
  }
  const fault = misfit(schema, value, name);
  return fault ? refuse('bad-shape', fault) : { ok: true, message: value as T };
}

function decode<T>(
  data: unknown,
  schemas: Schemas,
  maxBytes: number,
  refuseNamed: typeof answer = refuse,
): Decoded<T> {
  if (typeof data !== 'string') return refuse('binary', 'not text');
  if (data.length > maxBytes || (data.length * 3 > maxBytes && utf8Length(data) > maxBytes)) {
    return refuse('too-big', `above ${maxBytes} bytes`);
  }
  let value: unknown;
  try {
    // A room's message may contain what a client sent, so it may be nested twice as deep.
    const depth = maxBytes === Infinity ? 2 * LIMITS.jsonDepth : LIMITS.jsonDepth;
    value = bare(JSON.parse(data), depth);
  } catch (error) {
    return unreadable(error);
  }
  if (!isTyped(value)) {
    return refuse('not-json', 'no "type"');
  }
  const { type, ...body } = value;
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) return refuseNamed('unknown-type', type, value);
  const fault = misfit(schema, body, type);
  // Schemas check but do not transform, so the bare copy is the message (UN-2).
  if (fault === null) return { ok: true, message: value as T };
  return refuseNamed('bad-shape', fault, value);
}

const unreadable = (error: unknown): Refused =>
  error instanceof RangeError
    ? refuse('too-deep', `above ${LIMITS.jsonDepth} levels`)
    : refuse('not-json', 'not JSON');

const refuse = (code: FaultCode, detail: string): Refused => ({
  ok: false,
  fault: { code, detail },
});

/** A refusal that is sent to whoever sent the message, so it has the message's `id` or `ref`. */
function answer(
  code: FaultCode,
  detail: string,
  value: Readonly<Record<string, unknown>>,
): Refused {
  const ref = value['id'] ?? value['ref'];
  const named = typeof ref === 'string' && ID_PATTERN.test(ref);
  return { ok: false, fault: { code, detail: detail.slice(0, 512), ...(named && { ref }) } };
}

const isTyped = (value: unknown): value is { readonly type: string } & Record<string, unknown> =>
  isRecord(value) && typeof value['type'] === 'string';

/** A copy without prototypes, so that no key on the wire can reach one (UN-2). RangeError if too deep. */
function bare(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) throw new RangeError();
  if (Array.isArray(value)) return value.map((item) => bare(item, depth - 1));
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) copy[key] = bare(item, depth - 1);
  return copy;
}
