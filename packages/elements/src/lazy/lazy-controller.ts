// Loads elements for one host, and shows a notice where they cannot be loaded.
import { RtcError } from '@rtc-elements/core';
import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';

import { RtcErrorEvent } from '../events.js';
import type { MessageKey } from '../i18n/en.js';
import type { ElementsModule, LazyElements } from './lazy-elements.js';

type LazyHost = ReactiveControllerHost & HTMLElement;

/** Loads elements for one host. Where that fails, it renders a notice with a button to try again. */
export class LazyController {
  readonly #host: LazyHost;
  readonly #t: (key: MessageKey) => string;
  readonly #wanted = new Set<LazyElements>();
  readonly #missing = new Set<LazyElements>();

  constructor(host: LazyHost, t: (key: MessageKey) => string) {
    this.#host = host;
    this.#t = t;
  }

  /**
   * The module, if it has loaded. Otherwise starts to load it, and updates the host when that has
   * ended.
   */
  use<Module extends ElementsModule>(lazy: LazyElements<Module>): Module | null {
    if (!lazy.module && !this.#wanted.has(lazy)) void this.#load(lazy);
    return lazy.module;
  }

  /**
   * `content`, which contains these elements, or a notice if they could not be loaded. In another document, elements
   * that are not defined yet would stay so: there, nothing until they are.
   */
  place(lazy: LazyElements, content: unknown): unknown {
    const isReady = this.use(lazy) !== null || this.#host.ownerDocument === document;
    return this.#isMissing(lazy) ? this.#renderNotice() : isReady ? content : null;
  }

  /** The notice, if anything that the host needs could not be loaded. */
  renderNotice(): TemplateResult | null {
    return [...this.#missing].some((lazy) => this.#isMissing(lazy)) ? this.#renderNotice() : null;
  }

  /** Another host may have loaded in the meantime what this one could not. */
  #isMissing(lazy: LazyElements): boolean {
    return this.#missing.has(lazy) && !lazy.module;
  }

  async #load(lazy: LazyElements): Promise<void> {
    this.#wanted.add(lazy);
    try {
      await lazy.load();
    } catch (cause) {
      this.#missing.add(lazy);
      const error = new RtcError('part-unavailable', this.#t('notLoaded'), {
        cause,
        retryable: true,
      });
      this.#host.dispatchEvent(new RtcErrorEvent(error, false));
    }
    this.#host.requestUpdate();
  }

  #renderNotice(): TemplateResult {
    return html`<div class="missing" role="alert">
      <p>${this.#t('notLoaded')}</p>
      <button type="button" class="primary" @click=${this.#onRetry}>${this.#t('tryAgain')}</button>
    </div>`;
  }

  readonly #onRetry = (): void => {
    for (const lazy of this.#missing) void this.#load(lazy);
    this.#missing.clear();
    this.#host.requestUpdate();
  };
}
