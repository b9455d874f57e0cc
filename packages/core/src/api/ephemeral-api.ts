/** Values that everybody has for the moment: pointers, who edits what. */
import type { TypedEventTarget } from '../support/typed-event-target.js';

/** What somebody else has set has arrived, or is gone: `value` is `null` then. */
export class EphemeralChangeEvent<T = unknown> extends Event {
  constructor(
    /** The session of the person, as in the snapshot. */
    readonly session: string,
    readonly value: T | null,
  ) {
    super('change');
  }
}

export interface EphemeralEventMap<T = unknown> {
  change: EphemeralChangeEvent<T>;
}

/**
 * One value of each person, under one name: see `Room.ephemeral()`. What others send is only as good as they are: check
 * its form before you use it.
 */
export interface EphemeralValue<T = unknown> extends TypedEventTarget<EphemeralEventMap<T>> {
  readonly name: string;
  /**
   * Sets our value for everybody, or removes it. Call it as often as you like, at every move of a mouse: others get at
   * most 30 changes a second, and always the last one. Values that are set while we are not in the room are sent once we
   * are; leaving removes them. Those of a listener are not sent.
   * @throws RtcError `message-too-large` above 1 KiB of JSON; `bad-argument` if JSON cannot say it, or it nests deeper
   * than five levels.
   */
  set(value: T | null): void;
  /** The last value of somebody else; `null`: none. */
  get(session: string): T | null;
  /**
   * The value of somebody else as it is best drawn at `time` (default: now, in ms as of `Date.now()`): a little behind, so
   * that there is mostly a value before and after, with every number in between. Call it for each frame. What is no
   * number changes in steps.
   */
  at(session: string, time?: number): T | null;
  /** The last values of all others who have one, by session; the same object until something changes. */
  getSnapshot(): ReadonlyMap<string, T>;
  /** Calls `listener` after every change. Call the returned function to unsubscribe. */
  subscribe(listener: () => void): () => void;
}
