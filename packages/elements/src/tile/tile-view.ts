// Tells the room how large a tile is displayed, so that the person sends no larger picture.
import type { Room } from '@rtc-elements/core';

import { viewOf } from '../base/view-of.js';

type VideoSource = Parameters<Room['show']>[1];
type ShownSize = NonNullable<Parameters<Room['show']>[2]>;

/** The views by room: several tiles may show the same picture. */
const views = new WeakMap<Room, Set<TileView>>();

/** Observes the size and visibility of one tile, without reading the layout. */
export class TileView {
  #room: Room | null = null;
  #session = '';
  #source: VideoSource = 'camera';
  #size: ShownSize | null = null;
  #isOnScreen = false;
  readonly #tile: HTMLElement;
  #resizing: ResizeObserver | null = null;
  #crossing: IntersectionObserver | null = null;

  constructor(tile: HTMLElement) {
    this.#tile = tile;
  }

  start(): void {
    const { ResizeObserver, IntersectionObserver } = viewOf(this.#tile);
    this.#resizing = new ResizeObserver(([entry]) => this.#onSize(entry));
    this.#crossing = new IntersectionObserver((all) => this.#onCross(all));
    this.#resizing.observe(this.#tile);
    this.#crossing.observe(this.#tile);
  }

  stop(): void {
    this.#resizing?.disconnect();
    this.#crossing?.disconnect();
    this.#size = null;
    this.tell(null, '', this.#source);
  }

  /**
   * Sets which picture the tile shows. An empty session is the local user, whose picture nobody sends.
   */
  tell(room: Room | null, session: string, source: VideoSource): void {
    if (room === this.#room && session === this.#session && source === this.#source) return;
    const before = { room: this.#room, session: this.#session, source: this.#source };
    if (before.room) views.get(before.room)?.delete(this);
    this.#room = room;
    this.#session = session;
    this.#source = source;
    if (room) views.set(room, (views.get(room) ?? new Set()).add(this));
    sum(before.room, before.session, before.source);
    this.#changed();
  }

  #onSize(entry?: ResizeObserverEntry): void {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    const { devicePixelRatio } = viewOf(this.#tile);
    this.#size = { width: width * devicePixelRatio, height: height * devicePixelRatio };
    this.#changed();
  }

  #onCross(entries: readonly IntersectionObserverEntry[]): void {
    this.#isOnScreen = entries.at(-1)?.isIntersecting === true;
    this.#changed();
  }

  #changed(): void {
    // Before the first measurement, the tile does not count as hidden.
    if (this.#size) sum(this.#room, this.#session, this.#source);
  }

  /** The displayed size of a picture in device pixels; `null` if the tile does not show it now. */
  sizeOf(session: string, source: VideoSource): ShownSize | null {
    const isIt = session === this.#session && source === this.#source;
    return isIt && this.#isOnScreen ? this.#size : null;
  }
}

/** Reports the size of the largest tile that shows the picture. */
function sum(room: Room | null, session: string, source: VideoSource): void {
  if (!room || !session) return;
  const sizes = [...(views.get(room) ?? [])].flatMap((view) => view.sizeOf(session, source) ?? []);
  const largest = sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
  room.show(session, source, largest ?? null);
}
