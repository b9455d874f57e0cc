// Writes of the same value one after another: while one is under way, only the latest of the others waits.
import type { Json } from '@rtc-elements/protocol';

/** Writes a value; settles with the answer of the room. */
export type Write = (key: string, value: Json) => Promise<unknown>;

interface Pending {
  value: Json;
  /** Settles once the value, or a later one in its place, was written. */
  readonly written: Promise<unknown>;
}

export class LatestWrites {
  readonly #write: Write;
  /** The last write of each key, while it is under way. */
  readonly #current = new Map<string, Promise<unknown>>();
  /** The write that follows it. */
  readonly #next = new Map<string, Pending>();

  constructor(write: Write) {
    this.#write = write;
  }

  /** Resolves once `value`, or a later value of `key`, is stored. Rejects as the write does. */
  write(key: string, value: Json): Promise<unknown> {
    const next = this.#next.get(key);
    if (next) {
      next.value = value;
      return next.written;
    }
    const current = this.#current.get(key);
    if (!current) return this.#start(key, value);
    const written = current.then(
      () => this.#startNext(key),
      () => this.#startNext(key),
    );
    this.#next.set(key, { value, written });
    return written;
  }

  #startNext(key: string): Promise<unknown> {
    const value = this.#next.get(key)?.value ?? null;
    this.#next.delete(key);
    return this.#start(key, value);
  }

  #start(key: string, value: Json): Promise<unknown> {
    const writing = this.#write(key, value);
    this.#current.set(key, writing);
    const end = (): void => {
      if (this.#current.get(key) === writing) this.#current.delete(key);
    };
    writing.then(end, end);
    return writing;
  }
}
