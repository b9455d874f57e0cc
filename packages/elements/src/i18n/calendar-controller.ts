// Follows the language and the calendar of a page, while an element shows something that depends on them.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { LazyPart } from '../lazy/lazy-part.js';
import { languageOf } from './language.js';
import { createWhen, type When } from './when.js';

type CalendarHost = ReactiveControllerHost & Element;

const calendar = new LazyPart(() => import('./calendar.js'));

/** Updates its element when another `lang` applies to it or, if it `hasDays`, when a day has begun. */
export class CalendarController implements ReactiveController {
  readonly #host: CalendarHost;
  readonly #isNeeded: () => boolean;
  readonly #hasDays: boolean;
  #now: () => number = Date.now;
  #when: When | null = null;
  #stop: (() => void) | null = null;

  constructor(host: CalendarHost, isNeeded: () => boolean, hasDays = true) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    this.#hasDays = hasDays;
    host.addController(this);
  }

  /** As it is declared; see `languageOf`. */
  get language(): string | undefined {
    return languageOf(this.#host);
  }

  /** Writes days and times. Stays the same as long as the language does. */
  get when(): When {
    const { language } = this;
    if (this.#when?.language !== language) this.#when = null;
    return (this.#when ??= createWhen(language));
  }

  /** A moment of the present day, ms since 1970. */
  get today(): number {
    return this.#now();
  }

  hostUpdated(): void {
    if (!this.#host.isConnected || !this.#isNeeded()) return this.hostDisconnected();
    const update = (): void => this.#host.requestUpdate();
    const module = calendar.use(update);
    if (!module) return;
    this.#now = () => module.dayClock.now();
    this.#stop ??= module.follow(this.#host, update, this.#hasDays);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
