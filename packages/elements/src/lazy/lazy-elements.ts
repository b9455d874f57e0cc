// Elements that load separately from the entry.
import { define } from '../base/define.js';

/** A module with element classes by tag. */
export interface ElementsModule {
  readonly elements: Readonly<Record<string, CustomElementConstructor>>;
}

const all = new Set<LazyElements>();

/** A group of elements that load together. */
export class LazyElements<Module extends ElementsModule = ElementsModule> {
  readonly #tags: readonly string[];
  readonly #import: () => Promise<Module>;
  #module: Module | null = null;
  #loading: Promise<Module> | null = null;

  /** `tags` are the elements that a page may use directly; `load` calls `import()`. */
  constructor(tags: readonly string[], load: () => Promise<Module>) {
    this.#tags = tags;
    this.#import = load;
    all.add(this);
  }

  /** The groups of which a document contains an element. */
  static inPage(page = document): LazyElements[] {
    return [...all].filter((lazy) => page.querySelector(lazy.#tags.join()) !== null);
  }

  /** The module, once it has loaded. */
  get module(): Module | null {
    return this.#module;
  }

  /**
   * Resolves with the module once its elements are defined. Rejects if it cannot be loaded; the next
   * call tries again.
   */
  load(): Promise<Module> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<Module> {
    try {
      const module = await this.#import();
      define(module.elements);
      this.#module = module;
      return module;
    } catch (error) {
      this.#loading = null;
      throw error;
    }
  }
}
