// Stores the shared state of a room: one key per value, and one for the number of changes (ST-1).
import type { StateEntry } from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import type { SharedState } from '../rules/shared-state.js';

const REV = 'state';
const PREFIX = 'v:';

export class StateStore {
  readonly #store: RoomStore;

  constructor(store: RoomStore) {
    this.#store = store;
  }

  async load(): Promise<SharedState> {
    const [rev, found] = await Promise.all([
      this.#store.get<number>(REV),
      this.#store.list<StateEntry>({ prefix: PREFIX }),
    ]);
    const present = [...found.values()].filter(({ value }) => value !== null);
    return { entries: new Map(present.map((entry) => [entry.key, entry])), rev: rev ?? 0 };
  }

  /** Resolves once the change is durable. A value of `null` removes the key. */
  async save(entry: StateEntry): Promise<void> {
    const key = PREFIX + entry.key;
    await this.#store.put({ [key]: entry, [REV]: entry.rev });
    if (entry.value === null) this.#store.deleteSoon([key]);
  }
}
