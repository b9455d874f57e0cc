/**
 * Stores the name of a room no sooner than the room stores anything itself. A host needs the name when an alarm wakes
 * the room, so it would store it in every room that somebody only asks for, and names are free.
 */
export class LateName {
  readonly #put: (key: string, name: string) => Promise<void>;
  readonly #key: string;
  /** What is not stored yet. */
  #held: string | null = null;
  #name = '';

  constructor(storage: DurableObjectStorage, key: string) {
    this.#key = key;
    const put = storage.put.bind(storage);
    this.#put = (to, name) => put(to, name, { allowUnconfirmed: true });
  }

  hold(name: string): void {
    this.#name = name;
    this.#held = name;
  }

  /** The room is about to store something. */
  store(): void {
    if (this.#held === null) return;
    const name = this.#held;
    this.#held = null;
    // Goes to disk with what the room stores, or fails with it.
    this.#put(this.#key, name).catch(() => (this.#held = name));
  }

  /** Everything stored has been erased. */
  forgotten(): void {
    if (this.#name !== '') this.#held = this.#name;
  }
}

/**
 * The same for PartyServer, which stores the name by itself, whenever an object starts that has not stored it. `put` of
 * its storage holds that one key back.
 */
export function holdBackName(storage: DurableObjectStorage, key: string): LateName {
  const name = new LateName(storage, key);
  const put = storage.put.bind(storage) as (...args: readonly unknown[]) => Promise<void>;
  Object.defineProperty(storage, 'put', {
    value: (...args: readonly unknown[]): Promise<void> => {
      if (args[0] !== key) return put(...args);
      name.hold(String(args[1]));
      return Promise.resolve();
    },
  });
  return name;
}
