// Where our own pointer is on a surface.
import { boxOf, type Spot, spotAt } from './surface-box.js';

/** Calls `onSpot` with each move, and with `null` when the pointer is no longer there. */
export class PointerWatch {
  readonly #surface: Element;
  readonly #onSpot: (spot: Spot | null) => void;
  readonly #end = new AbortController();
  /** Where it is in the window; `null`: not on the surface. */
  #last: { readonly left: number; readonly top: number } | null = null;

  constructor(surface: Element, onSpot: (spot: Spot | null) => void) {
    this.#surface = surface;
    this.#onSpot = onSpot;
    const { ownerDocument } = surface;
    const options = { passive: true, signal: this.#end.signal };
    for (const type of ['pointermove', 'pointerdown'] as const) {
      surface.addEventListener(type, (event) => this.#onMove(event as PointerEvent), options);
    }
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
      surface.addEventListener(type, (event) => this.#onEnd(event as PointerEvent), options);
    }
    // What is under a pointer that stands still moves on when the page, or anything around, is scrolled.
    ownerDocument.addEventListener('scroll', () => this.#tell(), { ...options, capture: true });
    ownerDocument.addEventListener('visibilitychange', () => this.#hide(), options);
  }

  close(): void {
    this.#end.abort();
    this.#hide();
  }

  #onMove({ clientX: left, clientY: top, isPrimary }: PointerEvent): void {
    // Of several fingers, the first points.
    if (!isPrimary) return;
    this.#last = { left, top };
    this.#tell();
  }

  #onEnd({ type, pointerType, isPrimary }: PointerEvent): void {
    // A finger that is lifted is gone; a mouse is still there when its button is released.
    if (isPrimary && (type !== 'pointerup' || pointerType === 'touch')) this.#hide();
  }

  #tell(): void {
    if (this.#last) this.#onSpot(spotAt(boxOf(this.#surface), this.#last.left, this.#last.top));
  }

  #hide(): void {
    if (!this.#last) return;
    this.#last = null;
    this.#onSpot(null);
  }
}
