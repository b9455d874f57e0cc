/** Keeps a small transfer in memory. All of them together have one limit. */
import type { PartSink } from './ports.js';
import type { HashedPart } from './rules/assembly.js';
import { fileError } from './rules/file-error.js';
import { MEMORY_BYTES } from './rules/limits.js';

/** How much of the limit is taken. */
export class MemoryBudget {
  #left = MEMORY_BYTES;

  /** @throws RtcError `no-space`. */
  take(bytes: number): void {
    if (bytes > this.#left) throw fileError('no-space');
    this.#left -= bytes;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

export class MemorySink implements PartSink {
  readonly #budget: MemoryBudget;
  readonly #size: number;
  readonly #parts = new Map<number, Uint8Array<ArrayBuffer>>();
  #isTaken = true;

  /** @throws RtcError `no-space`, if `size` bytes are more than the budget has left. */
  constructor(budget: MemoryBudget, size: number) {
    budget.take(size);
    this.#budget = budget;
    this.#size = size;
  }

  write({ index, bytes }: HashedPart): Promise<void> {
    this.#parts.set(index, bytes);
    return Promise.resolve();
  }

  read(): Promise<Blob> {
    const ordered = [...this.#parts].sort(([one], [other]) => one - other);
    return Promise.resolve(new Blob(ordered.map(([, bytes]) => bytes)));
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  discard(): Promise<void> {
    this.#parts.clear();
    if (this.#isTaken) this.#budget.giveBack(this.#size);
    this.#isTaken = false;
    return Promise.resolve();
  }
}
