/**
 * The frames of a transfer, each with the id that it is about. Decoding never throws: what is malformed is `null`. The
 * bytes of a `data` frame are a view of what arrived.
 */
import { ByteReader, ByteWriter, Malformed } from './bytes.js';
import {
  MAX_BYTES,
  MAX_ENTRIES,
  MAX_MANIFEST_BYTES,
  MAX_NAME_BYTES,
  MAX_PATH_BYTES,
  MAX_REASON_BYTES,
  MAX_RUNS,
  FILE_PART_BYTES,
  PIECE_BYTES,
  SAMPLE_ENTRIES,
} from './limits.js';
import { isRuns, type Run } from './part-set.js';

export const ID_BYTES = 16;
export const HASH_BYTES = 32;

/** What is offered, as its sender describes it. */
export interface OfferFrame {
  readonly type: 'offer';
  readonly id: string;
  /** Only the two of them know it: whoever has it, and is the same user, may go on with the transfer. */
  readonly secret: string;
  /** The same for all receivers, and of files that are shared. */
  readonly offer: string;
  readonly kind: 'file' | 'files' | 'folder';
  /** Asked for, so it needs no yes. */
  readonly isRequested: boolean;
  /** Bytes in all, the manifest included. */
  readonly size: number;
  /** The first bytes list the entries; 0 for one file. */
  readonly manifestBytes: number;
  readonly count: number;
  readonly name: string;
  readonly mime: string;
  readonly sample: readonly { readonly path: string; readonly size: number }[];
}

/** Why one side ends or interrupts a transfer; the numbers are on the wire. */
export const STOP_REASONS = [
  'cancelled',
  'unknown',
  'unready',
  'corrupt',
  'no-space',
  'destination-lost',
  'unreadable',
  'broken',
  'too-many',
  'not-allowed',
  'declined',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/**
 * `want`: asks for files that are shared. `accept`: send the parts that are not in `have`, whose hashes have the digest
 * `check`; begins the run `run`. `piece`: bytes of a part. `part`: its hash, once all of it was sent. `credit`: how many
 * bytes of pieces may be sent in this run, and how many are stored. `need`: a part arrived damaged. `end`: everything
 * was sent; the digest is the SHA-256 of the hashes of all parts. `done`: it was found whole.
 */
export type FileFrame =
  | OfferFrame
  | { readonly type: 'want'; readonly id: string }
  | {
      readonly type: 'accept';
      readonly id: string;
      readonly secret: string;
      readonly run: number;
      readonly credit: number;
      readonly check: Uint8Array;
      readonly have: readonly Run[];
    }
  | {
      readonly type: 'piece';
      readonly id: string;
      readonly run: number;
      readonly index: number;
      readonly offset: number;
      readonly bytes: Uint8Array;
    }
  | {
      readonly type: 'part';
      readonly id: string;
      readonly run: number;
      readonly index: number;
      readonly hash: Uint8Array;
    }
  | {
      readonly type: 'credit';
      readonly id: string;
      readonly run: number;
      readonly credit: number;
      readonly stored: number;
    }
  | { readonly type: 'need'; readonly id: string; readonly run: number; readonly index: number }
  | { readonly type: 'end'; readonly id: string; readonly run: number; readonly digest: Uint8Array }
  | { readonly type: 'done'; readonly id: string; readonly digest: Uint8Array }
  | { readonly type: 'pause'; readonly id: string; readonly on: boolean }
  | {
      readonly type: 'stop';
      readonly id: string;
      readonly reason: StopReason;
      readonly words: string;
    };

const TYPES = [
  'offer',
  'want',
  'accept',
  'piece',
  'part',
  'credit',
  'need',
  'end',
  'done',
  'pause',
  'stop',
] as const satisfies readonly FileFrame['type'][];
const KINDS = ['file', 'files', 'folder'] as const;

const MAX_INDEX = MAX_BYTES / FILE_PART_BYTES - 1;

/** Bytes of a `piece` before its content. */
const PIECE_HEAD_BYTES = 1 + ID_BYTES + 2 + 4 + 4;

/** `memory`: of an earlier piece that nobody reads any more; a piece of the same length is written into it. */
export function encodeFrame(frame: FileFrame, memory: ArrayBuffer | null = null): ArrayBuffer {
  const length = frame.type === 'piece' ? PIECE_HEAD_BYTES + frame.bytes.length : 0;
  const isFitting = length > 0 && memory?.byteLength === length;
  const writer = new ByteWriter(isFitting ? memory : length || 256);
  writer.u8(TYPES.indexOf(frame.type)).raw(fromHex(frame.id));
  writeBody(writer, frame);
  return writer.finish();
}

function writeBody(writer: ByteWriter, frame: FileFrame): void {
  switch (frame.type) {
    case 'offer':
      return writeOffer(writer, frame);
    case 'want':
      return;
    case 'accept':
      writer.raw(fromHex(frame.secret)).u16(frame.run).whole(frame.credit).raw(frame.check);
      writer.u16(frame.have.length);
      for (const [first, length] of frame.have) writer.u32(first).u32(length);
      return;
    case 'piece':
      return void writer.u16(frame.run).u32(frame.index).u32(frame.offset).raw(frame.bytes);
    case 'part':
      return void writer.u16(frame.run).u32(frame.index).raw(frame.hash);
    case 'credit':
      return void writer.u16(frame.run).whole(frame.credit).whole(frame.stored);
    case 'need':
      return void writer.u16(frame.run).u32(frame.index);
    case 'end':
      return void writer.u16(frame.run).raw(frame.digest);
    case 'done':
      return void writer.raw(frame.digest);
    case 'pause':
      return void writer.u8(Number(frame.on));
    case 'stop':
      return void writer.u8(STOP_REASONS.indexOf(frame.reason)).text(frame.words);
  }
}

function writeOffer(writer: ByteWriter, frame: OfferFrame): void {
  writer.raw(fromHex(frame.secret)).raw(fromHex(frame.offer));
  writer.u8(KINDS.indexOf(frame.kind)).u8(Number(frame.isRequested));
  writer.whole(frame.size).u32(frame.manifestBytes).u32(frame.count);
  writer.text(frame.name).text(frame.mime).u8(frame.sample.length);
  for (const { path, size } of frame.sample) writer.text(path).whole(size);
}

export function decodeFrame(data: string | ArrayBuffer): FileFrame | null {
  if (typeof data === 'string') return null;
  const reader = new ByteReader(new Uint8Array(data));
  try {
    const type = TYPES[reader.u8()];
    const id = toHex(reader.raw(ID_BYTES));
    const frame = type ? readBody(type, id, reader) : null;
    if (frame) reader.end();
    return frame;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function readBody(type: FileFrame['type'], id: string, reader: ByteReader): FileFrame {
  switch (type) {
    case 'offer':
      return readOffer(id, reader);
    case 'want':
      return { type, id };
    case 'accept':
      return readAccept(id, reader);
    case 'piece':
      return readPiece(id, reader);
    case 'part':
      return { type, id, run: reader.u16(), index: indexOf(reader), hash: hashOf(reader) };
    case 'credit': {
      const run = reader.u16();
      return {
        type,
        id,
        run,
        credit: reader.whole(Number.MAX_SAFE_INTEGER),
        stored: reader.whole(MAX_BYTES),
      };
    }
    case 'need':
      return { type, id, run: reader.u16(), index: indexOf(reader) };
    case 'end':
      return { type, id, run: reader.u16(), digest: hashOf(reader) };
    case 'done':
      return { type, id, digest: hashOf(reader) };
    case 'pause':
      return { type, id, on: one(reader.u8(), [false, true]) };
    case 'stop':
      return {
        type,
        id,
        reason: one(reader.u8(), STOP_REASONS),
        words: reader.text(MAX_REASON_BYTES),
      };
  }
}

function readOffer(id: string, reader: ByteReader): OfferFrame {
  const secret = toHex(reader.raw(ID_BYTES));
  const offer = toHex(reader.raw(ID_BYTES));
  const kind = one(reader.u8(), KINDS);
  const isRequested = one(reader.u8(), [false, true]);
  const size = reader.whole(MAX_BYTES);
  const manifestBytes = atMost(reader.u32(), Math.min(size, MAX_MANIFEST_BYTES));
  const count = atMost(reader.u32(), MAX_ENTRIES);
  if (count === 0 || (kind === 'file') !== (manifestBytes === 0)) throw new Malformed();
  if (kind === 'file' && count !== 1) throw new Malformed();
  const name = reader.text(MAX_NAME_BYTES);
  const mime = reader.text(MAX_NAME_BYTES);
  const length = atMost(reader.u8(), Math.min(SAMPLE_ENTRIES, count));
  const sample = Array.from({ length }, () => ({
    path: reader.text(MAX_PATH_BYTES),
    size: reader.whole(size),
  }));
  return {
    type: 'offer',
    id,
    secret,
    offer,
    kind,
    isRequested,
    size,
    manifestBytes,
    count,
    name,
    mime,
    sample,
  };
}

function readAccept(id: string, reader: ByteReader): FileFrame {
  const secret = toHex(reader.raw(ID_BYTES));
  const run = reader.u16();
  const credit = reader.whole(Number.MAX_SAFE_INTEGER);
  const check = hashOf(reader);
  const length = atMost(reader.u16(), MAX_RUNS);
  const have = Array.from({ length }, (): Run => [reader.u32(), reader.u32()]);
  if (!isRuns(have, MAX_INDEX + 1)) throw new Malformed();
  return { type: 'accept', id, secret, run, credit, check, have };
}

function readPiece(id: string, reader: ByteReader): FileFrame {
  const run = reader.u16();
  const index = indexOf(reader);
  const offset = reader.u32();
  const length = reader.left;
  if (length === 0 || length > PIECE_BYTES || offset + length > FILE_PART_BYTES)
    throw new Malformed();
  return { type: 'piece', id, run, index, offset, bytes: reader.raw(length) };
}

const indexOf = (reader: ByteReader): number => atMost(reader.u32(), MAX_INDEX);

/** A copy, as it outlives its frame. */
const hashOf = (reader: ByteReader): Uint8Array => reader.raw(HASH_BYTES).slice();

function atMost(value: number, max: number): number {
  if (value > max) throw new Malformed();
  return value;
}

function one<T>(index: number, values: readonly T[]): T {
  const value = values[index];
  if (value === undefined) throw new Malformed();
  return value;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => DIGITS[byte]).join('');

/** Of an even number of digits. */
export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );

export const isSameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
