// A capability that loads when it is first wanted, and without which an element still works.

/** How long to wait after a failure, ms. */
const RETRY_MS = 30_000;

/** A module that is loaded once. A failure is silent: what it adds is missing until a later use has loaded it. */
export class LazyPart<Module> {
  readonly #import: () => Promise<Module>;
  readonly #waiting = new Set<() => void>();
  #module: Module | null = null;
  #isLoading = false;
  #retryAt = 0;

  /** `load` calls `import()`. */
  constructor(load: () => Promise<Module>) {
    this.#import = load;
  }

  /** Whether the module has loaded. */
  get isLoaded(): boolean {
    return this.#module !== null;
  }

  /** The module, if it has loaded. */
  get module(): Module | null {
    return this.#module;
  }

  /** The module, if it has loaded. Otherwise starts to load it, and calls `onLoad` once when it has. */
  use(onLoad: () => void): Module | null {
    if (this.#module) return this.#module;
    this.#waiting.add(onLoad);
    if (!this.#isLoading && performance.now() >= this.#retryAt) void this.#load();
    return null;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      this.#module = await this.#import();
    } catch {
      this.#retryAt = performance.now() + RETRY_MS;
    }
    this.#isLoading = false;
    if (!this.#module) return;
    for (const onLoad of this.#waiting) onLoad();
    this.#waiting.clear();
  }
}
