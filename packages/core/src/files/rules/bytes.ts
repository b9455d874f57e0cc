/** Writes and reads binary frames: big-endian numbers, and texts in UTF-8 with their length before them. */

/** A frame ended early, or holds what it must not. Never leaves the codec. */
export class Malformed extends Error {}

export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** `memory`: what to write into, or how many bytes are expected; what fills it is copied once. */
  constructor(memory: ArrayBuffer | number = 256) {
    this.#bytes = typeof memory === 'number' ? new Uint8Array(memory) : new Uint8Array(memory);
  }

  u8(value: number): this {
    return this.#put(1, (view, at) => view.setUint8(at, value));
  }

  u16(value: number): this {
    return this.#put(2, (view, at) => view.setUint16(at, value));
  }

  u32(value: number): this {
    return this.#put(4, (view, at) => view.setUint32(at, value));
  }

  /** A whole number up to 2^53 - 1, as a double. */
  whole(value: number): this {
    return this.#put(8, (view, at) => view.setFloat64(at, value));
  }

  raw(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  text(value: string): this {
    const bytes = encodeUtf8(value);
    return this.u16(bytes.length).raw(bytes);
  }

  finish(): ArrayBuffer {
    if (this.#length === this.#bytes.length) return this.#bytes.buffer;
    return this.#bytes.buffer.slice(0, this.#length);
  }

  #put(size: number, set: (view: DataView, at: number) => void): this {
    this.#reserve(size);
    set(new DataView(this.#bytes.buffer), this.#length);
    this.#length += size;
    return this;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  whole(max: number): number {
    const value = this.#view.getFloat64(this.#step(8));
    if (!Number.isSafeInteger(value) || value < 0 || value > max || Object.is(value, -0))
      throw new Malformed();
    return value;
  }

  /** A view, not a copy. */
  raw(length: number): Uint8Array {
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(maxBytes: number): string {
    const length = this.u16();
    if (length > maxBytes) throw new Malformed();
    return decodeUtf8(this.raw(length));
  }

  /** Throws if anything is left. */
  end(): void {
    if (this.left > 0) throw new Malformed();
  }

  #step(size: number): number {
    const from = this.#at;
    if (size > this.left) throw new Malformed();
    this.#at += size;
    return from;
  }
}

/** UTF-8 of a text; a lone surrogate becomes U+FFFD, as in the Encoding Standard, which pure code does not have. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text.replace(/\p{Cs}/gu, '\ufffd')) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return Uint8Array.from(bytes);
}

const tail = (code: number): number => 0x80 | (code & 0x3f);

/** Throws `Malformed` for what is no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const code = codeAt(bytes, at, length);
    text += String.fromCodePoint(code);
    at += length;
  }
  return text;
}

/** The smallest code point that takes so many bytes; a smaller one is written with fewer. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

function codeAt(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (length === 1) return first;
  if (first < 0xc0 || first > 0xf7 || at + length > bytes.length) throw new Malformed();
  let code = first & (0x7f >> length);
  for (let step = 1; step < length; step += 1) {
    const next = bytes[at + step] ?? 0;
    if ((next & 0xc0) !== 0x80) throw new Malformed();
    code = (code << 6) | (next & 0x3f);
  }
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < (LEAST[length] ?? 0) || code > 0x10ffff || isSurrogate) throw new Malformed();
  return code;
}
