// Holds the present snapshot and tells who asked.
import { reduce } from './reduce.js';
import type { RoomChange } from './room-change.js';
import type { RoomState } from './room-state.js';

/** Called after changes; it reads the snapshot itself. */
export type Listener = () => void;

/**
 * The snapshot changes at once, with `dispatch`; subscribers are called once per microtask, however
 * many changes there were, so that a burst renders once.
 */
export class Store {
  #state: RoomState;
  #told = true;
  readonly #listeners = new Set<Listener>();

  constructor(state: RoomState) {
    this.#state = state;
  }

  readonly getSnapshot = (): RoomState => this.#state;

  readonly subscribe = (listener: Listener): (() => void) => {
    // A wrapper of its own for each call, so that the same function may subscribe twice.
    const own: Listener = () => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  };

  /** Carries out a change. Returns the snapshot before it. */
  dispatch(change: RoomChange): RoomState {
    const before = this.#state;
    this.#state = reduce(before, change);
    if (this.#state !== before && this.#told) {
      this.#told = false;
      void Promise.resolve().then(() => this.#tell());
    }
    return before;
  }

  #tell(): void {
    this.#told = true;
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener();
      } catch (error) {
        // Reported as unhandled, where it can be seen; the others are called all the same.
        void Promise.reject(error);
      }
    }
  }
}
