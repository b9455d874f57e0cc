/** How fast a transfer is, over the last few seconds. */

const SPAN_MS = 4_000;

/** Two samples are at least so far apart, so that there are few. */
const STEP_MS = 250;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

export class TransferPace {
  #samples: readonly Sample[] = [];

  /** `bytes` are there at the time `at`, ms. */
  add(at: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last && at - last.at < STEP_MS) return;
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= SPAN_MS), { at, bytes }];
  }

  /** It does not go on now: what was before says nothing of what follows. */
  reset(): void {
    this.#samples = [];
  }

  /** Bytes per second; 0 until there is something to tell it by. */
  speed(at: number, bytes: number): number {
    const first = this.#samples.find((sample) => at - sample.at <= SPAN_MS) ?? this.#samples.at(-1);
    if (!first || at <= first.at) return 0;
    return Math.max(0, Math.round(((bytes - first.bytes) * 1_000) / (at - first.at)));
  }
}

/** `null`: nothing moves. */
export const secondsLeft = (left: number, speed: number): number | null =>
  speed === 0 ? null : Math.ceil(left / speed);
