// The one clock of the page that tells when a day begins.

/** What the clock goes by. Tests have their own. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`. Call the returned function to cancel it. */
  setTimer(ms: number, task: () => void): () => void;
}

const systemTime: Time = {
  now: () => Date.now(),
  setTimer(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** A timer does not count the time in which a computer sleeps, so it is set anew now and then, ms. */
const MOST_MS = 5 * 60_000;

/** How long a day still lasts where the person is: from 23 to 25 hours at its beginning. */
export const msToMidnight = (at: number): number => new Date(at).setHours(24, 0, 0, 0) - at;

/** Tells all elements of a page when a day begins, with one timer, and with none while nobody listens. */
export class DayClock {
  /** @internal */
  time = systemTime;
  readonly #listeners = new Set<() => void>();
  #day = '';
  #cancel: (() => void) | null = null;

  now(): number {
    return this.time.now();
  }

  /**
   * Calls `listener` when a day has begun, also one that began while the computer slept: as soon as it is noticed,
   * at the latest when somebody looks at `page`. Returns a function that stops this.
   */
  onTurn(listener: () => void, page: Document): () => void {
    if (this.#listeners.size === 0) this.#day = this.#today;
    this.#listeners.add(listener);
    const look = (): void => this.#look();
    page.addEventListener('visibilitychange', look);
    this.#look();
    return () => {
      this.#listeners.delete(listener);
      page.removeEventListener('visibilitychange', look);
      if (this.#listeners.size > 0) return;
      this.#cancel?.();
      this.#cancel = null;
    };
  }

  get #today(): string {
    return new Date(this.now()).toDateString();
  }

  readonly #look = (): void => {
    if (this.#listeners.size === 0) return;
    const isTurned = this.#day !== this.#today;
    this.#day = this.#today;
    this.#cancel?.();
    this.#cancel = this.time.setTimer(Math.min(msToMidnight(this.now()), MOST_MS), this.#look);
    if (isTurned) for (const listener of [...this.#listeners]) listener();
  };
}

const KEY = Symbol.for('rtc-elements.days');

/** On `globalThis`, so that all bundles on a page share it. */
export const dayClock = ((globalThis as { [KEY]?: DayClock })[KEY] ??= new DayClock());
