// <rtc-cursors>: where the others point.
import type { EphemeralChangeEvent, EphemeralValue, Room } from '@rtc-elements/core';
import { type CSSResultGroup, html, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { cssProperties } from '../base/css-properties.js';
import { RtcElement } from '../base/rtc-element.js';
import { viewOf } from '../base/view-of.js';
import { NamingElement } from '../names/naming-element.js';
import { personColor } from '../view/person.js';
import { PointerWatch } from './pointer-watch.js';
import { cursorsStyles } from './rtc-cursors.styles.js';
import { boxOf, isSpot, placeOf, type Spot, type SurfaceBox } from './surface-box.js';

/** The most that are drawn: those who have moved last. */
const MOST_CURSORS = 50;

/** How long after the last move drawing goes on, ms: what is seen is played a little behind. */
const DRAW_ON_MS = 600;

/** From here to the edge, a name is on the other side, in pixels. */
const NAME_WIDTH = 180;
const NAME_HEIGHT = 44;

const ARROW = svg`<path d="M1.5 1.5 15 10.2 8.9 11.4 5.6 17.6Z" />`;

/**
 * @summary Shows where the others point: over what is inside of it, or over the element with the id in `over`. Sends
 * where our own pointer is. Takes no pointer events and no room, and is silent for screen readers.
 * @tag rtc-cursors
 *
 * @slot - What people point at. A single element is the surface, with all that can be scrolled to in it.
 *
 * @csspart layer - The box over the surface that contains the cursors.
 * @csspart cursor - A person's arrow and name.
 * @csspart name - The name at an arrow.
 */
export class RtcCursors extends NamingElement {
  static override styles: CSSResultGroup = [RtcElement.styles, cursorsStyles];

  /** The `id` of the element that people point at, if it is not inside. */
  @property({ reflect: true }) over = '';

  /** Which surface of the room this is, as letters, digits and "_.:-". Cursors are shared within one of the same name. */
  @property() surface = 'page';

  /** Set by the element: there is something inside. */
  @property({ type: Boolean, reflect: true }) composed = false;

  #room: Room | null = null;
  #value: EphemeralValue<Spot> | null = null;
  #watch: PointerWatch | null = null;
  #watched: Element | null = null;
  readonly #sizes =
    typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.#draw());
  /** Who has a cursor, the one that moved last at the end. */
  readonly #moved = new Set<string>();
  #frame: number | null = null;
  #drawUntil = 0;
  #stop: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const { signal } = (this.#stop = new AbortController());
    const options = { passive: true, capture: true, signal };
    this.ownerDocument.addEventListener('scroll', () => this.#wake(0), options);
    viewOf(this).addEventListener('resize', () => this.#wake(0), options);
    this.#findInside();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
    this.#watchSurface(null);
    this.#follow(null);
    if (this.#frame !== null) viewOf(this).cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  protected override updated(_changed: PropertyValues): void {
    // An update that was requested before a removal happens after it.
    if (!this.isConnected) return;
    this.#follow(this.rtc.room);
    this.#watchSurface(this.#surfaceElement);
    this.#draw();
  }

  protected override render(): TemplateResult {
    const { peers } = this.rtc.state ?? { peers: [] };
    const shown = [...this.#moved].slice(-MOST_CURSORS);
    const people = peers.filter(({ session }) => shown.includes(session));
    return html`
      <slot @slotchange=${this.#findInside}></slot>
      <div part="layer" class="layer" aria-hidden="true">
        ${repeat(
          people,
          ({ session }) => session,
          (person) =>
            html`<div
              part="cursor"
              class="cursor away"
              data-session=${person.session}
              ${cssProperties({ '--person': personColor(person.user) })}
            >
              <svg viewBox="0 0 18 20">${ARROW}</svg>
              <div part="name" class="name" dir="auto">${this.nameOf(person)}</div>
            </div>`,
        )}
      </div>
    `;
  }

  get #surfaceElement(): Element | null {
    if (this.over) return (this.getRootNode() as Document | ShadowRoot).getElementById(this.over);
    const { children } = this;
    return (children.length === 1 ? children[0] : null) ?? this;
  }

  readonly #findInside = (): void => {
    this.composed = this.childElementCount > 0;
    if (this.hasUpdated) this.requestUpdate();
  };

  /** Listens to the cursors of this surface in `room`. */
  #follow(room: Room | null): void {
    const name = `rtc-cursors:${this.surface}`;
    if (room === this.#room && (room === null || this.#value?.name === name)) return;
    this.#value?.set(null);
    this.#value?.removeEventListener('change', this.#onChange);
    this.#moved.clear();
    this.#room = room;
    this.#value = room?.ephemeral<Spot>(name) ?? null;
    this.#value?.addEventListener('change', this.#onChange);
    for (const session of this.#value?.getSnapshot().keys() ?? []) this.#moved.add(session);
    if (this.isConnected) this.requestUpdate();
  }

  #watchSurface(surface: Element | null): void {
    if (surface === this.#watched) return;
    this.#watch?.close();
    this.#sizes?.disconnect();
    this.#watched = surface;
    this.#watch = surface && new PointerWatch(surface, (spot) => this.#value?.set(spot));
    if (surface) this.#sizes?.observe(surface);
  }

  readonly #onChange = ({ session, value }: EphemeralChangeEvent<Spot>): void => {
    const isKnown = this.#moved.delete(session);
    if (isSpot(value)) this.#moved.add(session);
    if (isKnown !== isSpot(value) || !this.#find(session)) this.requestUpdate();
    this.#wake(DRAW_ON_MS);
  };

  #find(session: string): Element | null {
    return this.renderRoot.querySelector(`[data-session="${CSS.escape(session)}"]`);
  }

  /** Draws in every frame for `ms` from now, and in the next one at least. */
  #wake(ms: number): void {
    this.#drawUntil = Math.max(this.#drawUntil, performance.now() + ms);
    this.#frame ??= viewOf(this).requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
      if (performance.now() < this.#drawUntil) this.#wake(0);
    });
  }

  #draw(): void {
    const layer = this.renderRoot.querySelector<HTMLElement>('.layer');
    if (!layer || !this.#watched || !this.isConnected) return;
    const box = boxOf(this.#watched);
    const host = this.getBoundingClientRect();
    layer.style.translate = `${box.left - host.left - this.clientLeft}px ${box.top - host.top - this.clientTop}px`;
    layer.style.width = `${box.width}px`;
    layer.style.height = `${box.height}px`;
    const isStill = viewOf(this).matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const cursor of layer.querySelectorAll<HTMLElement>('.cursor')) {
      const session = cursor.dataset['session'] ?? '';
      const spot = isStill ? this.#value?.get(session) : this.#value?.at(session);
      place(cursor, box, isSpot(spot) ? spot : null);
    }
  }
}

function place(cursor: HTMLElement, box: SurfaceBox, spot: Spot | null): void {
  cursor.classList.toggle('away', spot === null);
  if (!spot) return;
  const { left, top } = placeOf(box, spot);
  cursor.style.transform = `translate(${left}px, ${top}px)`;
  cursor.classList.toggle('before', left > box.width - NAME_WIDTH && left > NAME_WIDTH);
  cursor.classList.toggle('above', top > box.height - NAME_HEIGHT);
}
