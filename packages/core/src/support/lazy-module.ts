// A part of the package that is fetched when it is first wanted, and what is kept for it until then.
import { RtcError } from '../state/errors.js';
import { leftError, type RoomContext } from '../room/room-context.js';

/** What waits for a part at most; a page that cannot load it must not fill its memory. */
const MAX_EARLY = 500;

/** Waits for what `import()` fetches, and names the failure. */
export const loadModule = async <T>(part: Promise<T>): Promise<T> => {
  try {
    return await part;
  } catch (cause) {
    throw new RtcError('part-unavailable', 'A part of the page could not be loaded. Try again.', {
      cause,
      retryable: true,
    });
  }
};

export interface LazyModuleHandlers<Part, Item> {
  /** Fetches what makes the part. */
  load(): Promise<() => Part>;
  /** Told once per part, as soon as it is there. */
  onReady?(part: Part): void;
  /** What was handed to the part, now or before it was there. */
  onItem?(part: Part, item: Item): void;
}

export class LazyModule<Part extends { close(): void }, Item> {
  readonly #room: Pick<RoomContext, 'getSnapshot'>;
  readonly #handlers: LazyModuleHandlers<Part, Item>;
  #part: Part | null = null;
  #loading: Promise<Part> | null = null;
  #early: Item[] = [];

  constructor(room: Pick<RoomContext, 'getSnapshot'>, handlers: LazyModuleHandlers<Part, Item>) {
    this.#room = room;
    this.#handlers = handlers;
  }

  /** The part, once it is there. */
  get part(): Part | null {
    return this.#part;
  }

  /** Whether it is there, or being loaded. */
  get isWanted(): boolean {
    return this.#loading !== null;
  }

  /** Runs `task` with the part, loaded if need be; never with one that was closed meanwhile. */
  async use<T>(task: (part: Part) => T | Promise<T>): Promise<T> {
    if (this.#room.getSnapshot().connection === 'closed') throw leftError();
    this.#loading ??= this.#open();
    const part = await this.#loading;
    if (this.#part !== part) throw leftError();
    return task(part);
  }

  /** As above, for what nobody waits for; if it cannot be loaded, whatever comes next tries again. */
  tell(task: (part: Part) => void): void {
    this.use(task).catch(() => undefined);
  }

  /** Gives it to the part, in order, now or once it is there. */
  hand(item: Item): void {
    if (this.#part) this.#handlers.onItem?.(this.#part, item);
    else if (this.#early.length < MAX_EARLY) this.#early.push(item);
  }

  /** What waits for the part is of no use any more. */
  forget(): void {
    this.#early = [];
  }

  /** Empties the place; whatever the old part still does is not heard. */
  close(): void {
    const part = this.#part;
    this.#part = this.#loading = null;
    this.forget();
    part?.close();
  }

  #open(): Promise<Part> {
    const { load, onReady, onItem } = this.#handlers;
    const loading: Promise<Part> = load().then(
      (create) => {
        if (this.#loading !== loading) throw leftError();
        const part = create();
        this.#part = part;
        onReady?.(part);
        for (const item of this.#early.splice(0)) onItem?.(part, item);
        return part;
      },
      (error: unknown) => {
        if (this.#loading === loading) this.#loading = null;
        throw error;
      },
    );
    return loading;
  }
}
