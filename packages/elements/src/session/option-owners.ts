// Which element decides on each option of a room that several elements share: the first that gives it.
import type { RoomOptions } from '@rtc-elements/core';

/** What an element wants of a room, by option. */
export type OptionWishes = Readonly<Partial<Record<keyof RoomOptions, unknown>>>;

/** Options by name, with their new values; `undefined`: the default. */
export type ChangedOptions = Record<string, unknown>;

/** Which room it is, and whether the call is wanted, is no wish of one element alone. */
const COMMON: ReadonlySet<string> = new Set(['host', 'room', 'call']);

/** The wishes that are new; `before` is `undefined` if there were none. */
export function differences(before: OptionWishes | undefined, after: OptionWishes): ChangedOptions {
  const changes: ChangedOptions = {};
  for (const key of Object.keys({ ...before, ...after }) as (keyof RoomOptions)[]) {
    if (!COMMON.has(key) && !isEqual(before?.[key], after[key])) changes[key] = after[key];
  }
  return changes;
}

export class OptionOwners {
  readonly #owners = new Map<string, object>();
  readonly #values: ChangedOptions = {};

  /** `created`: the options that the room was created with. */
  constructor(created: OptionWishes) {
    Object.assign(this.#values, created);
  }

  /** Those of `wishes` that `holder` decides on and that are new to the room, and those it does not decide on. */
  claim(
    holder: object,
    wishes: ChangedOptions,
  ): { changes: ChangedOptions; lost: readonly string[] } {
    const changes: ChangedOptions = {};
    const lost: string[] = [];
    for (const [option, value] of Object.entries(wishes)) {
      const owner = this.#owners.get(option);
      const isGiven = value !== undefined && value !== '';
      if (owner && owner !== holder) {
        if (isGiven && !isEqual(this.#values[option], value)) lost.push(option);
        continue;
      }
      // Who has nothing to say leaves an option to the next one, but takes back what it has said.
      if (!owner && !isGiven) continue;
      this.#owners.set(option, holder);
      if (isEqual(this.#values[option], value)) continue;
      this.#values[option] = value;
      changes[option] = value;
    }
    return { changes, lost };
  }

  /** `holder` is gone: whoever comes next decides. */
  release(holder: object): void {
    for (const [option, owner] of this.#owners) if (owner === holder) this.#owners.delete(option);
  }
}

/** Functions are themselves. Lists and objects are equal if what is in them is, however often they are made anew. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(
      ([key, value]) => Object.hasOwn(b, key) && isEqual(value, (b as ChangedOptions)[key]),
    )
  );
}
