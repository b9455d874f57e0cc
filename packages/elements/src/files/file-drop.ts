// Takes files that are dropped on an element, and knows whether some are over it.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { type DroppedItem, droppedItems, hasFiles } from './dropped-items.js';

/** What the controller needs from its element. */
export interface DropHost extends ReactiveControllerHost, HTMLElement {}

/** Updates its element when files come over it that it takes, and when they go. */
export class FileDrop implements ReactiveController {
  readonly #host: DropHost;
  readonly #takes: () => boolean;
  readonly #onDrop: (items: readonly DroppedItem[]) => void;
  #isOver = false;

  constructor(
    host: DropHost,
    takes: () => boolean,
    onDrop: (items: readonly DroppedItem[]) => void,
  ) {
    this.#host = host;
    this.#takes = takes;
    this.#onDrop = onDrop;
    host.addController(this);
    for (const type of ['dragenter', 'dragover'] as const)
      host.addEventListener(type, this.#onOver);
    host.addEventListener('dragleave', this.#onLeave);
    host.addEventListener('drop', this.#onItems);
  }

  /** Whether files are over the element now, and may be dropped. */
  get isOver(): boolean {
    return this.#isOver;
  }

  hostDisconnected(): void {
    this.#show(false);
  }

  /** A browser would open what is dropped where nobody takes it, and leave the page. */
  readonly #onOver = (event: DragEvent): void => {
    if (event.defaultPrevented || !hasFiles(event.dataTransfer) || !this.#takes()) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    this.#show(true);
  };

  readonly #onLeave = ({ relatedTarget }: DragEvent): void => {
    // Also told when the pointer goes on to something inside.
    const isInside =
      relatedTarget instanceof Node &&
      (this.#host.contains(relatedTarget) || this.#host.shadowRoot?.contains(relatedTarget));
    if (!isInside) this.#show(false);
  };

  readonly #onItems = (event: DragEvent): void => {
    this.#show(false);
    if (event.defaultPrevented || !hasFiles(event.dataTransfer) || !this.#takes()) return;
    event.preventDefault();
    const items = droppedItems(event.dataTransfer);
    if (items.length > 0) this.#onDrop(items);
  };

  #show(isOver: boolean): void {
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.#host.requestUpdate();
  }
}
