/** A clock that stands still until told: time passes only in `advance()`. */
import type { Clock } from '../../packages/core/src/ports.js';

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly task: () => void;
}

/** Core's `Clock` for tests. Timers run in order of their time, then of their making. */
export class FakeClock implements Clock {
  #now: number;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  /** How many timers wait: zero once everything was closed properly. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  setTimer(ms: number, task: () => void): () => void {
    const id = ++this.#lastId;
    this.#timers.set(id, { id, at: this.#now + Math.max(0, ms), task });
    return () => void this.#timers.delete(id);
  }

  /** A room's clock has this as well. Here nothing else is waiting for its turn. */
  nextTurn(): Promise<void> {
    return Promise.resolve();
  }

  /** Lets `ms` pass, with the timers that fall due, those set meanwhile included. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.#timers.delete(next.id);
      this.#now = next.at;
      next.task();
    }
    this.#now = end;
  }

  /** As `advance`, but promises settle between timers, so that what they start is seen. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.#timers.delete(next.id);
      this.#now = next.at;
      next.task();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers.values()) {
      if (timer.at <= end && (first === null || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** Long enough for chains of resolved promises; no real time passes. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
