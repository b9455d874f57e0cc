// Holds the current snapshot and notifies subscribers.
import { reduce } from './reduce.js';
import type { RoomChange } from './room-change.js';
import type { RoomState } from './room-state.js';

/** Called after changes, without arguments; use `getSnapshot()` for the state. */
export type Listener = () => void;

/**
 * `dispatch` changes the snapshot at once. Subscribers are called once per microtask, however many
 * changes there were, so that a burst renders once.
 */
export class Store {
  #state: RoomState;
  #isNotified = true;
  readonly #listeners = new Set<Listener>();

  constructor(state: RoomState) {
    this.#state = state;
  }

  readonly getSnapshot = (): RoomState => this.#state;

  readonly subscribe = (listener: Listener): (() => void) => {
    // Each call gets its own wrapper, so that the same function can subscribe twice.
    const own: Listener = () => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  };

  /** Applies a change and returns the previous snapshot. */
  dispatch(change: RoomChange): RoomState {
    const before = this.#state;
    this.#state = reduce(before, change);
    if (this.#state !== before && this.#isNotified) {
      this.#isNotified = false;
      void Promise.resolve().then(() => this.#notify());
    }
    return before;
  }

  #notify(): void {
    this.#isNotified = true;
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener();
      } catch (error) {
        // Surfaces as an unhandled rejection; the other listeners are still called.
        void Promise.reject(error);
      }
    }
  }
}
