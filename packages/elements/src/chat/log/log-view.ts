// Watches what of a log is on the screen, by observers, so that nobody reads the layout.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Older messages are fetched, and the log counts as at its end, this close to the edge of the view. */
const MARGINS = '400px 0px 40px';

type LogHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/**
 * The view of one log, for as long as it is on the page. Expects a `.scroller` in the log, with an
 * `.edge.start` and an `.edge.end` around what it scrolls.
 */
export class LogView implements ReactiveController {
  readonly #host: LogHost;
  readonly #onStart: () => void;
  #atEnd = true;
  #isOnScreen = false;
  /** Watches both ends of the log within its scroller. */
  #edges: IntersectionObserver | null = null;
  /** Watches the log on the screen. */
  #screen: IntersectionObserver | null = null;

  /** `onStart` is called when the start of the log comes near. */
  constructor(host: LogHost, onStart: () => void) {
    this.#host = host;
    this.#onStart = onStart;
    host.addController(this);
  }

  /** Whether the end of the log is in view of its scroller. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Whether the log is in view of the page. */
  get isOnScreen(): boolean {
    return this.#isOnScreen;
  }

  /** Whether somebody can see the newest message now. */
  get isSeen(): boolean {
    return this.#atEnd && this.#isOnScreen && document.visibilityState === 'visible';
  }

  /** Has `onStart` called again if the start is still near: an observer reports only changes. */
  watchStart(): void {
    const start = this.#host.renderRoot.querySelector('.edge.start');
    if (!start) return;
    this.#edges?.unobserve(start);
    this.#edges?.observe(start);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
    if (this.#edges) this.#observe();
  }

  hostUpdated(): void {
    if (!this.#edges && this.#host.isConnected) this.#observe();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#edges?.disconnect();
    this.#screen?.disconnect();
    this.#isOnScreen = false;
  }

  #observe(): void {
    const { renderRoot } = this.#host;
    const root = renderRoot.querySelector('.scroller');
    this.#edges = new IntersectionObserver(this.#onEdges, { root, rootMargin: MARGINS });
    for (const edge of renderRoot.querySelectorAll('.edge')) this.#edges.observe(edge);
    this.#screen = new IntersectionObserver(this.#onScreen);
    this.#screen.observe(this.#host);
  }

  readonly #onEdges = (reports: readonly IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting, rootBounds } of reports) {
      // A log that is not shown has no ends.
      if (!rootBounds?.height) continue;
      if (target.matches('.end')) {
        this.#atEnd = isIntersecting;
        this.#host.requestUpdate();
      } else if (isIntersecting) this.#onStart();
    }
  };

  readonly #onScreen = (reports: readonly IntersectionObserverEntry[]): void => {
    this.#isOnScreen = reports.at(-1)?.isIntersecting ?? false;
    this.#host.requestUpdate();
  };

  readonly #onVisibility = (): void => this.#host.requestUpdate();
}
