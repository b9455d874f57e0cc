// Loads the screens that the way to media does not need, when they are wanted (docs/decisions/0008).
import { RtcError } from '@rtc-elements/core';
import { html } from 'lit';

import { define } from '../base/define.js';
import type { LazyElementsName, RoomEntry, Translate } from '../base/room-entry.js';
import { RtcErrorEvent } from '../events.js';

/** How a part is had. */
export interface LazyElements {
  /** What it defines that a page may use by itself. */
  readonly tags: readonly string[];
  load(): Promise<{ readonly elements: Readonly<Record<string, CustomElementConstructor>> }>;
}

const parts = new Map<LazyElementsName, LazyElements>();

/** Says where the parts come from. */
export function setLazyElements(
  all: Readonly<Partial<Record<LazyElementsName, LazyElements>>>,
): void {
  for (const [name, part] of Object.entries(all)) parts.set(name as LazyElementsName, part);
}

/** Resolves once the tags of a part are defined; rejects when it cannot be had. */
export async function loadElements(name: LazyElementsName): Promise<void> {
  const part = parts.get(name);
  if (!part || part.tags.every((tag) => customElements.get(tag))) return;
  define((await part.load()).elements);
}

/** What one element wants of the parts, and what it says when it cannot have one. */
export class LazyElementsController {
  readonly #host: RoomEntry;
  readonly #t: Translate;
  readonly #wanted = new Set<LazyElementsName>();
  readonly #missing = new Set<LazyElementsName>();

  constructor(host: RoomEntry, t: Translate) {
    this.#host = host;
    this.#t = t;
  }

  /** The element is on the page: at once what stands there already, the rest when there is time. */
  start(): void {
    for (const [name, { tags }] of parts) {
      if (document.querySelector(tags.join())) void this.want(name);
    }
    // Safari has no idle callback. Whoever wants a part that fails here asks for it again.
    const later = globalThis.requestIdleCallback ?? setTimeout;
    later(() => {
      for (const name of parts.keys()) void loadElements(name).catch(() => undefined);
    });
  }

  /** Resolves when the part is here, or cannot be had. */
  async want(name: LazyElementsName): Promise<void> {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    try {
      await loadElements(name);
    } catch (cause) {
      this.#missing.add(name);
      this.#host.requestUpdate();
      const options = { cause, retryable: true };
      const error = new RtcError('part-unavailable', this.#t('partMissing'), options);
      this.#host.dispatchEvent(new RtcErrorEvent(error, false));
    }
  }

  /** Why the place of a part, or any place, is empty, with a way to try again; `undefined`: it is not. */
  render(name?: LazyElementsName): unknown {
    if (name ? !this.#missing.has(name) : this.#missing.size === 0) return undefined;
    return html`<div class="missing" role="alert">
      <p>${this.#t('partMissing')}</p>
      <button type="button" class="primary" @click=${this.#onRetry}>${this.#t('tryAgain')}</button>
    </div>`;
  }

  readonly #onRetry = (): void => {
    for (const name of this.#missing) {
      this.#missing.delete(name);
      this.#wanted.delete(name);
      void this.want(name);
    }
    this.#host.requestUpdate();
  };
}
