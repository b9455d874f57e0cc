/** Which part a sender sends next in one run, and how much it may send (FT-4, FT-5). */
import { MAX_FETCHES } from './limits.js';
import { isInRuns, partCount, type Run } from './part-set.js';

export class SendPlan {
  readonly #count: number;
  readonly #have: readonly Run[];
  readonly #again: number[] = [];
  readonly #fetches = new Map<number, number>();
  #next = 0;
  #credit: number;
  #sent = 0;

  /** `have`: what the receiver has. `credit`: bytes that it takes. */
  constructor(size: number, have: readonly Run[], credit: number) {
    this.#count = partCount(size);
    this.#have = have;
    this.#credit = credit;
  }

  /** How many bytes of pieces may be sent now. */
  get allowance(): number {
    return Math.max(0, this.#credit - this.#sent);
  }

  /** Takes the next part to be sent; `null`: all were. */
  take(): number | null {
    const again = this.#again.shift();
    if (again !== undefined) return again;
    const index = this.peek();
    if (index !== null) this.#next = index + 1;
    return index;
  }

  /** The first part that was not sent yet, for reading ahead. */
  peek(): number | null {
    while (this.#next < this.#count && isInRuns(this.#next, this.#have)) this.#next += 1;
    return this.#next < this.#count ? this.#next : null;
  }

  spend(bytes: number): void {
    this.#sent += bytes;
  }

  /** Credit only grows. */
  grant(credit: number): void {
    this.#credit = Math.max(this.#credit, credit);
  }

  /** A part is to be sent again. `false`: it was not sent in this run, or too often. */
  need(index: number): boolean {
    const fetches = (this.#fetches.get(index) ?? 1) + 1;
    const wasSent = index < this.#next && !isInRuns(index, this.#have);
    if (!wasSent || fetches > MAX_FETCHES || this.#again.includes(index)) return false;
    this.#fetches.set(index, fetches);
    this.#again.push(index);
    return true;
  }
}
