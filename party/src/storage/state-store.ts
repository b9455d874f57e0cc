// The state of a room in storage: one key for each value, one for the count of changes (ST-1).
import type { StateEntry } from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';
import type { RoomStateBook } from '../rules/shared-state.js';

const REV = 'state';
const PREFIX = 'v:';

export class StateStore {
  readonly #store: RoomStore;

  constructor(store: RoomStore) {
    this.#store = store;
  }

  async load(): Promise<RoomStateBook> {
    const [rev, found] = await Promise.all([
      this.#store.get<number>(REV),
      this.#store.list<StateEntry>({ prefix: PREFIX }),
    ]);
    const present = [...found.values()].filter(({ value }) => value !== null);
    return { entries: new Map(present.map((entry) => [entry.key, entry])), rev: rev ?? 0 };
  }

  /** Resolves once it is durable; a value of `null` is one that is taken away. */
  async save(entry: StateEntry): Promise<void> {
    const key = PREFIX + entry.key;
    await this.#store.put({ [key]: entry, [REV]: entry.rev });
    if (entry.value === null) this.#store.deleteSoon([key]);
  }
}
