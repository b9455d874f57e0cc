// The options of a room as they are now: some of them may change while it exists.
import {
  checkMeta,
  checkName,
  type CompleteOptions,
  DEFAULT_OPTIONS,
  type RoomOptions,
} from '../api/options.js';
import { type OptionChanges, sortOptions } from '../api/option-rules.js';
import type { RtcError } from '../state/errors.js';
import { isSame } from '../state/patch.js';
import type { Connection } from '../state/room-state.js';
import { logWarning } from '../support/log.js';

/** The names of the options that have changed. */
export type Changed = ReadonlySet<keyof RoomOptions>;

export class Settings {
  /** Live: whoever reads it when an option is needed has the latest. */
  readonly options: CompleteOptions;
  readonly #warned = new Set<string>();

  constructor(options: CompleteOptions) {
    this.options = { ...options };
  }

  /**
   * Takes what is valid of `settings`, and returns what is new of it. The rest is refused: the console
   * says why, once for each option and reason.
   */
  change(settings: OptionChanges, connection: Connection): Changed {
    const isInRoom = connection !== 'idle' && connection !== 'closed';
    const { valid, refused } = sortOptions(settings, isInRoom);
    for (const [option, why] of refused) this.#warn(option, why);
    const changed = new Set<keyof RoomOptions>();
    for (const [name, given] of Object.entries(valid)) {
      const option = name as keyof RoomOptions;
      const value = this.#read(option, given, isInRoom);
      if (value === REFUSED || this.#isKnown(option, value)) continue;
      Object.assign(this.options, { [option]: value });
      changed.add(option);
    }
    return changed;
  }

  /** Of the call, the option says less than what was entered and left since. */
  #isKnown(option: keyof RoomOptions, value: unknown): boolean {
    return option !== 'call' && isEqual(this.options[option as keyof CompleteOptions], value);
  }

  #read(option: keyof RoomOptions, given: unknown, isInRoom: boolean): unknown {
    const value = given ?? (DEFAULT_OPTIONS as Partial<RoomOptions>)[option];
    try {
      if (option === 'meta') checkMeta(value as NonNullable<RoomOptions['meta']>);
      if (option !== 'name') return value;
      const name = ((value as string | undefined) ?? '').trim();
      // Before the join it may still be asked for.
      if (isInRoom || name) checkName(name);
      return name;
    } catch (error) {
      this.#warn(option, (error as RtcError).message);
      return REFUSED;
    }
  }

  #warn(option: string, why: string): void {
    const key = `${option} ${why}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    logWarning(`A change of the option "${option}" was refused. ${why}`);
  }
}

/** Those of `options` that have changed. */
export const pick = <Options extends Partial<CompleteOptions>>(
  options: Options,
  changed: Changed,
): Partial<Options> =>
  Object.fromEntries(
    Object.entries(options).filter(([name]) => changed.has(name as keyof RoomOptions)),
  ) as Partial<Options>;

const REFUSED = Symbol('refused');

/** Functions and signals are themselves; what is plain is equal if its content is. */
const isEqual = (before: unknown, after: unknown): boolean =>
  after instanceof AbortSignal ? before === after : isSame(before, after);
