// Folds texts that are taller than a log should show at once.
import type { ChatEntry } from '@rtc-elements/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { viewOf } from '../../base/view-of.js';

/** What tells a message from the others, whether it is numbered yet or not. */
export type TextKey = string | number;

/** The number of a message, or the id of one that has none yet. */
export const textKeyOf = ({ seq, id }: Pick<ChatEntry, 'seq' | 'id'>): TextKey => seq ?? id;

/** A shorter text fits, however narrow the log and wide its letters are. */
const SHORT_UNITS = 80;
const SHORT_LINES = 6;

/** Whether a text may have to be folded. The log decides by its height, as only that is known to be too much. */
export const mayBeLong = (text: string): boolean =>
  text.length > SHORT_UNITS || text.split('\n', SHORT_LINES + 1).length > SHORT_LINES;

/**
 * Knows which long texts of a log are unfolded, and marks those that are cut: `data-cut` on the text, by which a
 * button appears.
 */
export class LongTexts implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #open = new Set<TextKey>();
  #version = 0;
  #observed = new WeakSet<Element>();
  #observer: ResizeObserver | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Changes whenever a text was unfolded or folded. */
  get version(): number {
    return this.#version;
  }

  isOpen(key: TextKey): boolean {
    return this.#open.has(key);
  }

  /** Shows a text in full, or folds it. */
  toggle(key: TextKey, force = !this.#open.has(key)): void {
    if (force) this.#open.add(key);
    else this.#open.delete(key);
    this.#version += 1;
    this.#host.requestUpdate();
  }

  /** The same for a click inside the row. The start of the row stays where it is, or comes into view. */
  async turn(key: TextKey, { target }: Event, isOpen: boolean): Promise<void> {
    const row = (target as Element).closest('.row');
    const scroller = row?.closest('.scroller');
    if (!row || !scroller) return;
    const before = row.getBoundingClientRect().top;
    this.toggle(key, isOpen);
    await this.#host.updateComplete;
    const least = isOpen ? before : scroller.getBoundingClientRect().top;
    scroller.scrollTop += row.getBoundingClientRect().top - Math.max(before, least);
  }

  /** Unfolds a text when a link that cannot be seen gets the focus. */
  follow(key: TextKey, event: FocusEvent): void {
    const link = event.target as Element;
    const text = link.closest('.fold');
    if (!text) return;
    // The browser may have scrolled the text to the link already.
    const end = link.getBoundingClientRect().bottom - text.getBoundingClientRect().top;
    if (end + text.scrollTop <= text.clientHeight) return;
    text.scrollTop = 0;
    void this.turn(key, event, true);
  }

  /** Call with the text of a message whenever it was rendered. */
  readonly observe = (text?: Element): void => {
    if (!text || this.#observed.has(text)) return;
    const { ResizeObserver } = viewOf(text);
    this.#observer ??= new ResizeObserver(markLater);
    this.#observed.add(text);
    this.#observer.observe(text);
  };

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#observed = new WeakSet();
  }
}

/** In the next frame, because a button that appears resizes what is observed. */
const markLater = (all: readonly ResizeObserverEntry[]): void => {
  for (const { target } of all)
    viewOf(target).requestAnimationFrame(() => {
      // A pixel more may be due to rounding.
      target.toggleAttribute('data-cut', target.scrollHeight > target.clientHeight + 1);
    });
};
