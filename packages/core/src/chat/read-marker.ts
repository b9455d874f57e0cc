// How far we have read, told at the pace of CH-7 and never backwards.
import type { Clock } from '../ports.js';

/** Told at most this often. */
const EVERY_MS = 2_000;

export class ReadMarker {
  readonly #clock: Clock;
  readonly #tell: (seq: number) => void;
  #seq = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, tell: (seq: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The first of a run is told at once, of the rest the last. */
  set(seq: number): void {
    if (seq <= this.#seq) return;
    this.#seq = seq;
    if (!this.#cancelTimer) this.#say();
  }

  close(): void {
    this.#cancelTimer?.();
  }

  #say(): void {
    const told = this.#seq;
    this.#tell(told);
    this.#cancelTimer = this.#clock.setTimer(EVERY_MS, () => {
      this.#cancelTimer = null;
      if (this.#seq > told) this.#say();
    });
  }
}
