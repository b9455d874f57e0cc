/** The frames of actions: text as it is, bytes with a header, and both as bytes or base64 (DA-3). */
import { parseData } from '@rtc-elements/protocol';

import type { Payload } from './payload.js';
import { type ActionMessage, readMessage } from './rules/action-message.js';

/** As it goes over a link. */
export type ActionFrame = string | Uint8Array<ArrayBuffer>;

const TEXT_KIND = 0;
const BINARY_KIND = 1;

/** The kind, and the length of the JSON. */
const HEAD_BYTES = 5;

/** What is not in the data of a frame. */
export interface FrameHead {
  readonly action?: string;
  readonly request?: number;
  readonly reply?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** `head` is not empty. */
export function packFrame(head: FrameHead, payload: Payload): ActionFrame {
  if (!payload.bytes) {
    const text = JSON.stringify(head);
    return payload.json === undefined ? text : `${text.slice(0, -1)},"data":${payload.json}}`;
  }
  const json = encoder.encode(JSON.stringify({ ...head, binary: payload.binary }));
  const frame = new Uint8Array(HEAD_BYTES + json.byteLength + payload.bytes.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint8(0, BINARY_KIND);
  view.setUint32(1, json.byteLength);
  frame.set(json, HEAD_BYTES);
  frame.set(payload.bytes, HEAD_BYTES + json.byteLength);
  return frame;
}

/** For where only bytes can go. */
export function bytesOf(frame: ActionFrame): Uint8Array<ArrayBuffer> {
  if (typeof frame !== 'string') return frame;
  const text = encoder.encode(frame);
  const bytes = new Uint8Array(1 + text.byteLength);
  bytes[0] = TEXT_KIND;
  bytes.set(text, 1);
  return bytes;
}

/** `null`: it is none. */
export function readActionFrame(frame: string | Uint8Array): ActionMessage | null {
  try {
    if (typeof frame === 'string') return readMessage(parseData(frame));
    if (frame[0] === TEXT_KIND) return readMessage(parseData(decoder.decode(frame.subarray(1))));
    if (frame[0] !== BINARY_KIND) return null;
    const length = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(1);
    const end = HEAD_BYTES + length;
    if (end > frame.byteLength) return null;
    const head = parseData(decoder.decode(frame.subarray(HEAD_BYTES, end)));
    return readMessage(head, revive((head as { binary?: unknown }).binary, frame.slice(end)));
  } catch {
    // Not UTF-8, not JSON, or bytes that are no whole number of elements.
    return null;
  }
}

const VIEWS = [
  DataView,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
];

/** Throws if there is no such type, or it cannot have these bytes. */
function revive(type: unknown, { buffer }: Uint8Array<ArrayBuffer>): ArrayBuffer | ArrayBufferView {
  if (type === 'ArrayBuffer') return buffer;
  const View = VIEWS.find(({ name }) => name === type);
  if (!View) throw new TypeError('no such type');
  return Reflect.construct(View, [buffer]) as ArrayBufferView;
}

/** So many bytes at a time become characters: an engine takes only so many arguments. */
const CHARACTERS = 8_192;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.byteLength; at += CHARACTERS) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHARACTERS));
  }
  return btoa(text);
}

/** Throws for what is none. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
