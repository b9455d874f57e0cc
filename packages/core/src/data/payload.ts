// What a page sends, read once when it calls: as JSON, or as a copy of its bytes.
import { RtcError } from '../state/errors.js';

/** `json`: absent for nothing at all. */
export type Payload =
  | { readonly json?: string; readonly bytes?: undefined }
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly binary: string };

/** The largest message, bytes. */
export const MOST_BYTES = 16_777_216;

/** @throws RtcError `bad-argument` for what JSON cannot say; `message-too-large`. */
export function readPayload(data: unknown): Payload {
  if (data === undefined) return {};
  const payload = readBytes(data) ?? { json: readJson(data) };
  const size = 'bytes' in payload ? payload.bytes.byteLength : payload.json.length;
  if (size > MOST_BYTES) throw tooLargeError(MOST_BYTES);
  return payload;
}

function readBytes(data: unknown): Extract<Payload, { bytes: Uint8Array }> | null {
  if (data instanceof ArrayBuffer)
    return { bytes: new Uint8Array(data.slice(0)), binary: 'ArrayBuffer' };
  if (!ArrayBuffer.isView(data)) return null;
  const view = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { bytes: new Uint8Array(view), binary: Object.prototype.toString.call(data).slice(8, -1) };
}

function readJson(data: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(data);
  } catch (cause) {
    throw noJsonError(cause);
  }
  if (json === undefined) throw noJsonError();
  return json;
}

const noJsonError = (cause?: unknown): RtcError =>
  new RtcError('bad-argument', 'Send what JSON can say, or bytes.', { cause });

export const tooLargeError = (most: number): RtcError =>
  new RtcError('message-too-large', `Send at most ${most} bytes at once, or a file.`);
