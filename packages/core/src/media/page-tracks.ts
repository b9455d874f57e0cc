/**
 * Tracks of the page that are sent in place of a device or a screen, such as that of a canvas. They are the page's: they
 * are never stopped here, and one of a device stays chosen while it is off.
 */
import type { MediaSource } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';
import type { RtcError } from '../state/errors.js';
import { ENDED, toMediaError } from './media-errors.js';

/** How often it is looked whether the page has stopped a track, ms. That fires no event (Media Capture, 4.3.1). */
const LOOK_MS = 1_000;

interface PageTrack {
  readonly track: MediaStreamTrack;
  isOn: boolean;
}

export class PageTracks {
  readonly #clock: Clock;
  /** A track has ended, which was on. */
  readonly #onEnded: (source: MediaSource) => void;
  readonly #tracks = new Map<MediaSource, PageTrack>();
  readonly #problems = new Map<MediaSource, RtcError>();
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, onEnded: (source: MediaSource) => void) {
    this.#clock = clock;
    this.#onEnded = onEnded;
  }

  /** The track that is sent as `source`. */
  get(source: MediaSource): MediaStreamTrack | null {
    const chosen = this.#tracks.get(source);
    return chosen?.isOn ? chosen.track : null;
  }

  /** Why the last track of `source` is not sent any more. */
  problemOf(source: MediaSource): RtcError | null {
    return this.#problems.get(source) ?? null;
  }

  /** Chooses `track` for `source`; it is off until it is turned on. */
  choose(source: MediaSource, track: MediaStreamTrack): void {
    this.#tracks.set(source, { track, isOn: false });
  }

  /** Whether a track is chosen for `source`. */
  has(source: MediaSource): boolean {
    return this.#tracks.has(source);
  }

  /** Returns `false` if no track is chosen for `source`, or if it has ended; then it is chosen no longer. */
  turnOn(source: MediaSource): boolean {
    this.#problems.delete(source);
    const chosen = this.#tracks.get(source);
    if (!chosen) return false;
    if (chosen.track.readyState === 'ended') return this.#end(source);
    chosen.isOn = true;
    chosen.track.addEventListener('ended', this.#look);
    this.#cancel ??= this.#clock.setTimer(LOOK_MS, this.#look);
    return true;
  }

  turnOff(source: MediaSource): void {
    this.#problems.delete(source);
    const chosen = this.#tracks.get(source);
    if (chosen) chosen.isOn = false;
  }

  /** Something else is chosen for `source`. */
  drop(source: MediaSource): void {
    this.turnOff(source);
    this.#tracks.delete(source);
  }

  close(): void {
    for (const source of [...this.#tracks.keys()]) this.drop(source);
    this.#cancel?.();
  }

  #end(source: MediaSource): false {
    this.drop(source);
    this.#problems.set(source, toMediaError({ name: ENDED }, source, true));
    return false;
  }

  readonly #look = (): void => {
    this.#cancel?.();
    this.#cancel = null;
    for (const [source, { track, isOn }] of [...this.#tracks]) {
      if (!isOn || track.readyState === 'live') continue;
      this.#end(source);
      this.#onEnded(source);
    }
    const isAnyOn = [...this.#tracks.values()].some(({ isOn }) => isOn);
    if (isAnyOn) this.#cancel = this.#clock.setTimer(LOOK_MS, this.#look);
  };
}
