/** The values of one peer, as they have arrived. Bounded, whatever the peer sends (EV-5). */
import { type Json, LIMITS, type ValueEntry } from '@rtc-elements/protocol';

import { SenderClock } from './sender-clock.js';
import { type Pace, ValueHistory } from './value-history.js';

/** What a message has changed, and which of its values the peer wants to know that we have. */
export interface ValueNews {
  readonly changed: readonly { readonly name: string; readonly value: Json }[];
  readonly seen: readonly Pick<ValueEntry, 'name' | 'at'>[];
}

export class ReceivedValues {
  readonly #histories = new Map<string, ValueHistory>();
  readonly #clock = new SenderClock();

  /** Takes what is later than what we have. `now` is by our clock. */
  take(entries: readonly ValueEntry[], now: number): ValueNews {
    const changed: { readonly name: string; readonly value: Json }[] = [];
    const seen: Pick<ValueEntry, 'name' | 'at'>[] = [];
    for (const { name, at, value, ask } of entries) {
      const history = this.#find(name);
      if (!history) continue;
      // What is asked about was sent before, and its first arrival is the one that tells the time.
      if (!ask) this.#clock.note(at, now);
      if (history.add(at, value)) changed.push({ name, value });
      if (ask) seen.push({ name, at });
    }
    return { changed, seen };
  }

  get(name: string): Json {
    return this.#histories.get(name)?.value ?? null;
  }

  /** The value as it is played at `time` of our clock. */
  play(name: string, time: number, pace: Pace): Json {
    return this.#histories.get(name)?.play(this.#clock.at(time), pace) ?? null;
  }

  /** The names that have a value. */
  get names(): readonly string[] {
    return [...this.#histories].filter(([, { value }]) => value !== null).map(([name]) => name);
  }

  /** The history of a name. A name without a value makes way for a new one; if there is none, that is refused. */
  #find(name: string): ValueHistory | null {
    const known = this.#histories.get(name);
    if (known) return known;
    if (this.#histories.size >= LIMITS.valueNames) {
      const unused = [...this.#histories].find(([, { value }]) => value === null);
      if (!unused) return null;
      this.#histories.delete(unused[0]);
    }
    const history = new ValueHistory();
    this.#histories.set(name, history);
    return history;
  }
}
