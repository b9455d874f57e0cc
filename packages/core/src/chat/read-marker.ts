// Reports how far we have read, at the rate of CH-7 and never backwards.
import type { Clock } from '../ports.js';

/** The shortest time between two reports, ms. */
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

  /** Reports the first of several calls at once, and the last of the others when its time comes. */
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
