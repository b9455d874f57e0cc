// Loads a capability on first use and queues its input until it has loaded.
import { callLeftError, leftError, RtcError } from '../state/errors.js';
import type { RoomState } from '../state/room-state.js';

/** The most items that may wait for a module, so that a failing load does not fill up memory. */
const MAX_WAITING = 500;

/**
 * Awaits an `import()`.
 * @throws RtcError `part-unavailable`, retryable, if the import fails.
 */
export const loadModule = async <T>(imported: Promise<T>): Promise<T> => {
  try {
    return await imported;
  } catch (cause) {
    throw new RtcError('part-unavailable', 'A part of the page could not be loaded. Try again.', {
      cause,
      retryable: true,
    });
  }
};

export interface LazyModuleHandlers<Module, Item> {
  /** Loads the factory for the module. */
  load(): Promise<() => Module>;
  /** Called once per module, when it has loaded. */
  onReady?(module: Module): void;
  /** Called for each item handed over, including those that waited for the module to load. */
  onItem?(module: Module, item: Item): void;
  /** Called when items are lost because too many are waiting; at most once until `close()`. */
  onOverflow?(): void;
}

export class LazyModule<Module extends { close(): void }, Item> {
  readonly #room: { getSnapshot(): Pick<RoomState, 'connection'> };
  readonly #handlers: LazyModuleHandlers<Module, Item>;
  #module: Module | null = null;
  #loading: Promise<Module> | null = null;
  #waiting: Item[] = [];
  #isOverflowing = false;

  constructor(
    room: { getSnapshot(): Pick<RoomState, 'connection'> },
    handlers: LazyModuleHandlers<Module, Item>,
  ) {
    this.#room = room;
    this.#handlers = handlers;
  }

  /** The module, once it has loaded. */
  get module(): Module | null {
    return this.#module;
  }

  /** Whether it has loaded, or is being loaded. */
  get isWanted(): boolean {
    return this.#loading !== null;
  }

  /**
   * Runs `task` with the module, loading it first if necessary. Never runs it with a module that was
   * closed in the meantime.
   * @throws RtcError `part-unavailable`; `aborted` once the room was left or the module closed.
   */
  async use<T>(task: (module: Module) => T | Promise<T>): Promise<T> {
    if (this.#room.getSnapshot().connection === 'closed') throw leftError();
    this.#loading ??= this.#open();
    const module = await this.#loading;
    if (this.#module !== module) throw callLeftError();
    return task(module);
  }

  /** Like `use()`, but ignores failures. If the module cannot be loaded, the next use tries again. */
  tell(task: (module: Module) => void): void {
    this.use(task).catch(() => undefined);
  }

  /** Passes an item to the module, in order, now or once it has loaded. */
  hand(item: Item): void {
    if (this.#module) return this.#handlers.onItem?.(this.#module, item);
    if (this.#waiting.length < MAX_WAITING) return void this.#waiting.push(item);
    if (this.#isOverflowing) return;
    this.#isOverflowing = true;
    this.#handlers.onOverflow?.();
  }

  /** Closes the module and discards waiting items. The next use loads a new one. */
  close(): void {
    const module = this.#module;
    this.#module = this.#loading = null;
    this.#waiting = [];
    this.#isOverflowing = false;
    module?.close();
  }

  #open(): Promise<Module> {
    const { load, onReady, onItem } = this.#handlers;
    const loading: Promise<Module> = load()
      .then((create) => {
        if (this.#loading !== loading) throw callLeftError();
        const module = create();
        this.#module = module;
        onReady?.(module);
        for (const item of this.#waiting.splice(0)) onItem?.(module, item);
        return module;
      })
      .catch((error: unknown) => {
        if (this.#loading === loading) this.#module = this.#loading = null;
        throw error;
      });
    return loading;
  }
}
