// Elements that load beside the entry: when somebody looks at them, or ahead of that.
import { define } from '../base/define.js';

/** What a module of such elements exports, among others: its classes by tag. */
export interface ElementsModule {
  readonly elements: Readonly<Record<string, CustomElementConstructor>>;
}

const all = new Set<LazyElements>();

/** Elements that load together. */
export class LazyElements<Module extends ElementsModule = ElementsModule> {
  readonly #tags: readonly string[];
  readonly #import: () => Promise<Module>;
  #module: Module | null = null;
  #loading: Promise<Module> | null = null;

  /** `tags` are those that a page may use by itself; `load` is an `import()`. */
  constructor(tags: readonly string[], load: () => Promise<Module>) {
    this.#tags = tags;
    this.#import = load;
    all.add(this);
  }

  /** Those of which a tag stands in the document. */
  static inPage(): LazyElements[] {
    return [...all].filter((lazy) => document.querySelector(lazy.#tags.join()) !== null);
  }

  /** The module, once it has loaded. */
  get module(): Module | null {
    return this.#module;
  }

  /**
   * Resolves with the module once its elements are defined. Rejects when it cannot be loaded; the next
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
