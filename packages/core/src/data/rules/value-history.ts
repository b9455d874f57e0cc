// The last values of one name from one person, in the order in which they were set.
import type { Json } from '@rtc-elements/protocol';

import { interpolate } from './interpolate.js';

/** Enough for half a second at the highest rate. */
const MOST_SAMPLES = 16;

/** What is kept of one name, in UTF-16 code units of JSON, unless the last value alone is larger. */
const MOST_LENGTH = 4_096;

/** How far behind the sender values are played, and how long a step between two of them may take, ms. */
export interface Pace {
  readonly behindMs: number;
}

interface Sample {
  readonly at: number;
  readonly value: Json;
  readonly length: number;
}

export class ValueHistory {
  #samples: readonly Sample[] = [];

  /** When the last value was set, by the clock of the sender; -1: there is none yet. */
  get at(): number {
    return this.#samples.at(-1)?.at ?? -1;
  }

  get value(): Json {
    return this.#samples.at(-1)?.value ?? null;
  }

  /** Adds a value. `false`: it is no later than the last one, so it means nothing any more. */
  add(at: number, value: Json): boolean {
    if (at <= this.at) return false;
    const samples = [...this.#samples, { at, value, length: JSON.stringify(value).length }];
    this.#samples = samples.slice(firstKept(samples));
    return true;
  }

  /**
   * The value as it was `behindMs` before `time`, which is by the clock of the sender. After a pause, what follows is
   * reached from the value of before within `behindMs`: nobody knows when in the pause it began to move.
   */
  play(time: number, { behindMs }: Pace): Json {
    const at = time - behindMs;
    const next = this.#samples.findIndex((sample) => sample.at > at);
    if (next < 0) return this.value;
    const to = this.#samples[next];
    const from = this.#samples[next - 1] ?? to;
    if (!from || !to) return null;
    const begin = Math.max(from.at, to.at - behindMs);
    return interpolate(from.value, to.value, Math.max(0, at - begin) / (to.at - begin || 1));
  }
}

/** The index of the first sample to keep. The last one always is. */
function firstKept(samples: readonly Sample[]): number {
  let length = 0;
  let first = samples.length - 1;
  for (; first > 0 && samples.length - first < MOST_SAMPLES; first -= 1) {
    length += samples[first]?.length ?? 0;
    if (length + (samples[first - 1]?.length ?? 0) > MOST_LENGTH) break;
  }
  return first;
}
