// Decodes what is no message: what a backend posts, a deployment sets and a browser keeps. Never throws.
import { type Decoded, parseJson, pathOf, refuseAs, unreadable } from './codec.js';
import { bare } from './copy.js';
import { explainMisfit } from './expectation.js';
import { type IceServer, iceServersSchema } from './ice.js';
import { LIMITS } from './limits.js';
import { type NoticeRequest, noticeRequestSchema } from './notify.js';
import { misfit, type SchemaOf } from './schema.js';
import { type StateRequest, stateRequestSchema } from './state.js';
import { utf8Length } from './text.js';
import { type UnsentRecord, unsentRecordSchema } from './unsent.js';

/** Reads the ICE servers of a deployment, from JSON or from the value it stands for. */
export function decodeIceServers(data: unknown): Decoded<readonly IceServer[]> {
  const decoded = decodeValue(data, iceServersSchema, 'iceServers', explainMisfit);
  const isLong = decoded.ok && utf8Length(JSON.stringify(decoded.message)) > LIMITS.iceServersBytes;
  return isLong
    ? refuseAs('too-big', `iceServers: above ${LIMITS.iceServersBytes} bytes`)
    : decoded;
}

/** Decodes the body that a backend posts as a notice (NO-1). */
export const decodeNoticeRequest = (data: string): Decoded<NoticeRequest> =>
  decodeValue(data, noticeRequestSchema, 'notice', explainMisfit);

/** Decodes the body with which a backend sets a shared value (ST-2). */
export const decodeStateRequest = (data: string): Decoded<StateRequest> =>
  decodeValue(data, stateRequestSchema, 'state', explainMisfit);

/** Decodes what a client has kept in its browser. */
export const decodeUnsentRecord = (data: string): Decoded<UnsentRecord> =>
  decodeValue(data, unsentRecordSchema, 'unsent');

function decodeValue<T>(
  data: unknown,
  schema: SchemaOf<T>,
  name: string,
  explain = pathOf,
): Decoded<T> {
  let value: unknown = data;
  try {
    if (typeof data === 'string') value = bare(parseJson(data), LIMITS.jsonDepth);
  } catch (error) {
    return unreadable(error);
  }
  const fault = misfit(schema, value, name);
  return fault ? refuseAs('bad-shape', explain(fault)) : { ok: true, message: value as T };
}
