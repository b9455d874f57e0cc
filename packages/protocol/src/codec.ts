// Encodes and decodes messages, for both ends. The only file that calls JSON.parse. Decoding never throws.
import { type ClientMessage, clientMessageSchemas } from './client-message.js';
import { bare, copyKnown } from './copy.js';
import { explainMisfit } from './expectation.js';
import { type Fault, type FaultCode } from './faults.js';
import { ID_PATTERN } from './ids.js';
import { LIMITS } from './limits.js';
import { type PeerMessage, peerMessageSchemas } from './peer-message.js';
import { count, isRecord, type Misfit, misfit, type SchemaOf } from './schema.js';
import { type ServerMessage, serverMessageSchemas } from './server-message.js';
import { utf8Length } from './text.js';
import { PROTOCOL_VERSION } from './version.js';

/** A message, or why it could not be decoded. */
export type Decoded<T> = { readonly ok: true; readonly message: T } | Refused;

interface Refused {
  readonly ok: false;
  readonly fault: Fault;
}

/** A message from a room, or why it could not be decoded. */
export type DecodedFromRoom = Decoded<ServerMessage> & {
  /** How many keys and values in it this version does not know; 1 for a message of an unknown type (UN-2). */
  readonly unknown: number;
};

/** Schemas of the bodies of messages, by `type`. */
type Schemas = Readonly<Record<string, SchemaOf<object>>>;

/** A message as one text frame. */
export const encode = (message: ClientMessage | ServerMessage | PeerMessage): string =>
  JSON.stringify(message);

/** Decodes what a client sent to the room (UN-1, UN-2). */
export const decodeClientMessage = (data: unknown): Decoded<ClientMessage> =>
  decode(data, clientMessageSchemas, LIMITS.frameBytes, {
    refuseNamed: answer,
    explain: explainMisfit,
  });

/**
 * Decodes what a room sent to the client, and drops what this version does not know (UN-2, UN-5). The frame
 * limit does not apply, as clients trust the room.
 */
export function decodeServerMessage(data: unknown): DecodedFromRoom {
  let unknown = 0;
  const onUnknown = (): void => void (unknown += 1);
  const decoded = decode<ServerMessage>(data, serverMessageSchemas, Infinity, { onUnknown });
  return { ...decoded, unknown };
}

/** Decodes what a peer sent on the control channel. */
export const decodePeerMessage = (data: unknown): Decoded<PeerMessage> =>
  decode(data, peerMessageSchemas, LIMITS.frameBytes);

/** Decodes what a peer sent on a data path, by the schemas of that path. Clients send and take nothing else on it. */
export const decodePathMessage = <T>(
  data: unknown,
  schemas: Schemas,
  maxBytes: number,
): Decoded<T> => decode(data, schemas, maxBytes, { parse: parseData });

/** Throws if it is none. */
export const parseJson = (text: string): unknown => JSON.parse(text) as unknown;

/**
 * Reads the JSON of a page, which only its peers understand, without any key `__proto__`, by which a careless copy would
 * change a prototype (DA-3). Throws if it is none.
 */
export function parseData(text: string): unknown {
  // An escape may hide the key; most texts have neither.
  if (!text.includes('__proto__') && !text.includes('\\u')) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
}

/** For those who trust the other end and have nobody to tell. */
export const pathOf = ({ path }: Misfit): string => path;

interface DecodeOptions {
  /** Default: `JSON.parse()`. */
  readonly parse?: typeof parseData;
  /** Refuses a message whose `type` could be read. */
  readonly refuseNamed?: typeof answer;
  /** Says what is wrong with a shape. Default: where it is. */
  readonly explain?: typeof pathOf;
  /** Drops what the schema does not know instead of refusing it, and calls this each time. */
  readonly onUnknown?: () => void;
}

function decode<T>(
  data: unknown,
  schemas: Schemas,
  maxBytes: number,
  options: DecodeOptions = {},
): Decoded<T> {
  if (typeof data !== 'string') return refuseAs('binary', 'not text');
  if (data.length > maxBytes || (data.length * 3 > maxBytes && utf8Length(data) > maxBytes)) {
    return refuseAs('too-big', `above ${maxBytes} bytes`);
  }
  try {
    const value = (options.parse ?? parseJson)(data);
    // What nobody knows may be as deep as it likes.
    return check(options.onUnknown ? value : bare(value, LIMITS.jsonDepth), schemas, options);
  } catch (error) {
    return unreadable(error);
  }
}

function check<T>(
  value: unknown,
  schemas: Schemas,
  { refuseNamed = refuseAs, explain = pathOf, onUnknown }: DecodeOptions,
): Decoded<T> {
  if (!isTyped(value)) return refuseAs('not-json', 'no "type"');
  const { type, ...rest } = value;
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) {
    onUnknown?.();
    return refuseNamed('unknown-type', type, value);
  }
  const body = onUnknown ? copyKnown(schema, rest, onUnknown) : rest;
  const fault = misfit(schema, body, type);
  if (fault) return refuseNamed('bad-shape', explain(fault), value);
  // Schemas check but do not transform, so the bare copy is the message (UN-2).
  return { ok: true, message: (onUnknown ? Object.assign(body as object, { type }) : value) as T };
}

/** What reading it has thrown, as a refusal. */
export const unreadable = (error: unknown): Refused =>
  error instanceof RangeError
    ? refuseAs('too-deep', `above ${LIMITS.jsonDepth} levels`)
    : refuseAs('not-json', 'not JSON');

export const refuseAs = (code: FaultCode, detail: string): Refused => ({
  ok: false,
  fault: { code, detail },
});

/**
 * A refusal that is sent to whoever sent the message, so it has the message's `id` or `ref`. A `hello` of another
 * version has other keys, but that is not what is wrong with it (EN-4).
 */
function answer(
  code: FaultCode,
  detail: string,
  value: Readonly<Record<string, unknown>>,
): Refused {
  const { type, protocol } = value;
  if (type === 'hello' && isVersion(protocol) && protocol !== PROTOCOL_VERSION) {
    return refuseAs('bad-version', WRONG_VERSION);
  }
  const ref = value['id'] ?? value['ref'];
  const named = typeof ref === 'string' && ID_PATTERN.test(ref);
  return { ok: false, fault: { code, detail: detail.slice(0, 512), ...(named && { ref }) } };
}

const WRONG_VERSION = `this room speaks version ${PROTOCOL_VERSION}: use a client of that version, or update the room`;

const isVersion = (value: unknown): boolean => misfit(count, value, '') === null;

const isTyped = (value: unknown): value is { readonly type: string } & Record<string, unknown> =>
  isRecord(value) && typeof value['type'] === 'string';
