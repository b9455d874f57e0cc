/** Which parts of a transfer are there, with the hash of each. Grows with what arrives, never with what is announced. */
import { MAX_RUNS, FILE_PART_BYTES } from './limits.js';

/** First part and how many follow on it, itself included. */
export type Run = readonly [first: number, length: number];

/** Ascending, apart from one another, none empty, none beyond `count`. */
export function isRuns(runs: readonly Run[], count: number): boolean {
  let next = 0;
  for (const [first, length] of runs) {
    if (length === 0 || first < next || first + length > count) return false;
    next = first + length + 1;
  }
  return true;
}

/** How many parts so many bytes are. Nothing is no part. */
export const partCount = (size: number): number => Math.ceil(size / FILE_PART_BYTES);

/** How many bytes a part has: the last one may be shorter. */
export const partLength = (index: number, size: number): number =>
  Math.min(FILE_PART_BYTES, size - index * FILE_PART_BYTES);

/** Whether a part is in one of the runs. */
export function isInRuns(index: number, runs: readonly Run[]): boolean {
  return runs.some(([first, length]) => index >= first && index < first + length);
}

export class PartSet {
  readonly #size: number;
  readonly #hashes = new Map<number, Uint8Array>();
  #bytes = 0;

  /** `size`: bytes in all. */
  constructor(size: number) {
    this.#size = size;
  }

  /** How many bytes are there. */
  get bytes(): number {
    return this.#bytes;
  }

  get isComplete(): boolean {
    return this.#hashes.size === partCount(this.#size);
  }

  has(index: number): boolean {
    return this.#hashes.has(index);
  }

  add(index: number, hash: Uint8Array): void {
    if (!this.has(index)) this.#bytes += partLength(index, this.#size);
    this.#hashes.set(index, hash);
  }

  /** What is there, in ascending order: at most `MAX_RUNS` runs. */
  runs(): readonly Run[] {
    const runs: [number, number][] = [];
    for (const index of [...this.#hashes.keys()].sort((one, other) => one - other)) {
      const last = runs.at(-1);
      if (last && last[0] + last[1] === index) last[1] += 1;
      else if (runs.length === MAX_RUNS) break;
      else runs.push([index, 1]);
    }
    return runs;
  }

  /** The hashes of these parts one after another, each 32 bytes; `null`: one is missing. */
  hashesOf(runs: readonly Run[]): Uint8Array<ArrayBuffer> | null {
    const found: Uint8Array[] = [];
    for (const [first, length] of runs) {
      for (let index = first; index < first + length; index += 1) {
        const hash = this.#hashes.get(index);
        if (!hash) return null;
        found.push(hash);
      }
    }
    const all = new Uint8Array(found.length * 32);
    found.forEach((hash, at) => all.set(hash, at * 32));
    return all;
  }

  /** Those of all parts; `null` unless it is complete. */
  allHashes(): Uint8Array<ArrayBuffer> | null {
    const count = partCount(this.#size);
    return this.hashesOf(count === 0 ? [] : [[0, count]]);
  }
}
