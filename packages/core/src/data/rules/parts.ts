// Frames that are larger than one message of a path: split by the sender, joined within bounds (DA-4).

/** The most bytes of a frame in one part, and of a frame that needs no parts. */
export const PART_BYTES = 16_384;

/** What comes before the bytes of a part. */
const HEAD_BYTES = 17;

export const PART_KIND = 2;

/** How many messages of one peer are joined at a time. */
const MOST_MESSAGES = 8;

/** How long a message may wait for its next part, ms. */
const PATIENCE_MS = 30_000;

/** The parts of a frame, made one by one. */
export function* partsOf(frame: Uint8Array, id: number): Generator<Uint8Array<ArrayBuffer>> {
  const count = Math.ceil(frame.byteLength / PART_BYTES);
  for (let index = 0; index < count; index += 1) {
    const bytes = frame.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    const part = new Uint8Array(HEAD_BYTES + bytes.byteLength);
    const head = new DataView(part.buffer);
    head.setUint8(0, PART_KIND);
    [id, index, count, frame.byteLength].forEach((value, at) => head.setUint32(1 + 4 * at, value));
    part.set(bytes, HEAD_BYTES);
    yield part;
  }
}

interface Unfinished {
  readonly count: number;
  readonly size: number;
  parts: Uint8Array[];
  at: number;
}

/** Joins the parts of one peer on one way. Each message of them comes in order. */
export class PartJoiner {
  readonly #mostBytes: number;
  readonly #unfinished = new Map<number, Unfinished>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The frame that the part completes; `null`: none yet, or the part is dropped, and its message with it. */
  add(part: Uint8Array, now: number): Uint8Array | null {
    this.#dropLate(now);
    if (part.byteLength <= HEAD_BYTES) return null;
    const head = new DataView(part.buffer, part.byteOffset);
    const [id, index, count, size] = [1, 5, 9, 13].map((at) => head.getUint32(at)) as [
      number,
      number,
      number,
      number,
    ];
    const bytes = part.slice(HEAD_BYTES);
    const message =
      index === 0 ? this.#begin(id, { count, size, parts: [], at: now }) : this.#unfinished.get(id);
    if (!message) return null;
    const isLast = index === count - 1;
    const expected = isLast ? size - (count - 1) * PART_BYTES : PART_BYTES;
    const fits =
      index === message.parts.length &&
      count === message.count &&
      size === message.size &&
      bytes.byteLength === expected &&
      this.#bytes + bytes.byteLength <= this.#mostBytes;
    if (!fits) return this.#drop(id);
    message.at = now;
    message.parts.push(bytes);
    this.#bytes += bytes.byteLength;
    return isLast ? this.#finish(id, message) : null;
  }

  #begin(id: number, message: Unfinished): Unfinished | null {
    // A second beginning means that the sender contradicts itself.
    this.#drop(id);
    const { count, size } = message;
    const isHonest =
      size > PART_BYTES && size <= this.#mostBytes && count === Math.ceil(size / PART_BYTES);
    if (!isHonest || this.#unfinished.size >= MOST_MESSAGES) return null;
    this.#unfinished.set(id, message);
    return message;
  }

  #finish(id: number, { parts, size }: Unfinished): Uint8Array {
    this.#drop(id);
    const frame = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      frame.set(part, at);
      at += part.byteLength;
    }
    return frame;
  }

  #drop(id: number): null {
    for (const { byteLength } of this.#unfinished.get(id)?.parts ?? []) this.#bytes -= byteLength;
    this.#unfinished.delete(id);
    return null;
  }

  #dropLate(now: number): void {
    for (const [id, { at }] of [...this.#unfinished]) if (now - at > PATIENCE_MS) this.#drop(id);
  }
}
