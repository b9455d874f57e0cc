/**
 * Puts the pieces of a transfer together at its receiver, in the order in which an honest sender sends them. It holds at
 * most one part that is incomplete, and bytes within the credit that it gave (FT-4).
 */
import type { FileFrame } from './frames.js';
import { AHEAD_BYTES, MAX_FETCHES, WINDOW_BYTES } from './limits.js';
import { partCount, partLength, type PartSet } from './part-set.js';

type FrameOf<Type extends FileFrame['type']> = FileFrame & { readonly type: Type };

/** A whole part, and the hash that it has or must have. */
export interface HashedPart {
  readonly index: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array;
}

/**
 * What a frame leads to. `none`: it was taken. `stale`: it belongs to an earlier run. `part`: a part is to be verified.
 * `ended`: all is there and the digest is to be compared. `broken`: no honest sender sends this.
 */
export type Assembled =
  | { readonly kind: 'none' | 'stale' | 'broken' }
  | { readonly kind: 'part'; readonly part: HashedPart }
  | { readonly kind: 'ended'; readonly digest: Uint8Array };

const NONE: Assembled = { kind: 'none' };
const STALE: Assembled = { kind: 'stale' };
const BROKEN: Assembled = { kind: 'broken' };

interface OpenPart {
  readonly index: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  filled: number;
}

type Allocate = (length: number) => Uint8Array<ArrayBuffer>;

export class Assembly {
  readonly #size: number;
  readonly #parts: PartSet;
  readonly #allocate: Allocate;
  #run: number;
  #open: OpenPart | null = null;
  #received = 0;
  /** Bytes of this run that were stored, or found damaged and let go. */
  #settled = 0;
  /** Parts that arrived and are being verified and stored. */
  readonly #pending = new Set<number>();
  /** Parts that were damaged and are on their way again. */
  readonly #needed = new Set<number>();
  /** How often each damaged part was asked for, over all runs. */
  readonly #fetches = new Map<number, number>();
  #digest: Uint8Array | null = null;

  /** `allocate`: memory for a part, whatever is in it. `run`: one that no frame on its way belongs to. */
  constructor(size: number, parts: PartSet, allocate: Allocate, run = 0) {
    this.#size = size;
    this.#parts = parts;
    this.#allocate = allocate;
    this.#run = run;
  }

  get run(): number {
    return this.#run;
  }

  get nextRun(): number {
    return (this.#run + 1) % 65_536;
  }

  /** Bytes of pieces that the sender may send in this run. It grows with what arrives, so it says what has. */
  get credit(): number {
    return Math.min(this.#received + AHEAD_BYTES, this.#settled + WINDOW_BYTES);
  }

  /** Bytes that arrived in this run and are not stored yet. */
  get heldBytes(): number {
    return this.#received - this.#settled;
  }

  /** A new run: what was open is dropped, and what is being stored is finished. */
  begin(): void {
    this.#run = this.nextRun;
    this.#open = null;
    this.#digest = null;
    this.#needed.clear();
    this.#pending.clear();
    this.#received = 0;
    this.#settled = 0;
  }

  piece({ run, index, offset, bytes }: FrameOf<'piece'>): Assembled {
    if (run !== this.#run) return STALE;
    const open = this.#open ?? this.#start(index);
    if (!open || open.index !== index || open.filled !== offset) return BROKEN;
    if (offset + bytes.length > open.bytes.length) return BROKEN;
    if (this.#received + bytes.length > this.credit) return BROKEN;
    this.#received += bytes.length;
    open.bytes.set(bytes, offset);
    open.filled += bytes.length;
    return NONE;
  }

  part({ run, index, hash }: FrameOf<'part'>): Assembled {
    if (run !== this.#run) return STALE;
    const open = this.#open;
    if (open?.index !== index || open.filled < open.bytes.length) return BROKEN;
    this.#open = null;
    this.#needed.delete(index);
    this.#pending.add(index);
    return { kind: 'part', part: { index, bytes: open.bytes, hash } };
  }

  end({ run, digest }: FrameOf<'end'>): Assembled {
    if (run !== this.#run) return STALE;
    if (this.#open || this.#digest) return BROKEN;
    // Sent before the sender heard that a part is needed again: another one follows.
    if (this.#needed.size > 0) return NONE;
    this.#digest = digest;
    return this.#finish();
  }

  /** A part of `run` was found whole and is stored. */
  stored(run: number, { index, hash }: HashedPart): Assembled {
    this.#parts.add(index, hash);
    if (run !== this.#run) return STALE;
    this.#settle(index);
    return this.#digest ? this.#finish() : NONE;
  }

  /** A part of `run` was damaged. `none`: it is to be fetched again. `broken`: it was, too often. */
  damaged(run: number, index: number): Assembled {
    const fetches = (this.#fetches.get(index) ?? 1) + 1;
    this.#fetches.set(index, fetches);
    if (fetches > MAX_FETCHES) return BROKEN;
    if (run !== this.#run) return STALE;
    this.#settle(index);
    this.#needed.add(index);
    this.#digest = null;
    return NONE;
  }

  #start(index: number): OpenPart | null {
    const isWanted = index < partCount(this.#size) && !this.#parts.has(index);
    if (!isWanted || this.#pending.has(index)) return null;
    const bytes = this.#allocate(partLength(index, this.#size));
    return (this.#open = { index, bytes, filled: 0 });
  }

  #settle(index: number): void {
    this.#pending.delete(index);
    this.#settled += partLength(index, this.#size);
  }

  #finish(): Assembled {
    if (this.#pending.size > 0 || !this.#digest) return NONE;
    return this.#parts.isComplete ? { kind: 'ended', digest: this.#digest } : BROKEN;
  }
}
