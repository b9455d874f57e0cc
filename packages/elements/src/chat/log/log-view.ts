// Observes which part of a log is visible, without reading the layout.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { viewOf } from '../../base/view-of.js';

/**
 * The distance from the edges at which older messages are fetched, and at which the log counts as at
 * its end.
 */
const MARGINS = '400px 0px 40px';

type LogHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/**
 * Observes one log while it is connected. The log must contain a `.scroller`, with an `.edge.start` and
 * an `.edge.end` around its content.
 */
export class LogView implements ReactiveController {
  readonly #host: LogHost;
  readonly #onStart: () => void;
  #atEnd = true;
  #isOnScreen = false;
  #stop: AbortController | null = null;
  /** Observes both ends of the log within its scroller. */
  #edges: IntersectionObserver | null = null;
  /** Observes the log within the viewport. */
  #screen: IntersectionObserver | null = null;

  /** `onStart` is called when the start of the log comes close to the view. */
  constructor(host: LogHost, onStart: () => void) {
    this.#host = host;
    this.#onStart = onStart;
    host.addController(this);
  }

  /** Whether the scroller shows the end of the log. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** Whether the log is within the viewport. */
  get isOnScreen(): boolean {
    return this.#isOnScreen;
  }

  /** Whether the newest message is visible now. */
  get isSeen(): boolean {
    return this.#atEnd && this.#isOnScreen && !this.#host.ownerDocument.hidden;
  }

  /** Calls `onStart` again if the start is still close: an observer only reports changes. */
  watchStart(): void {
    const start = this.#host.renderRoot.querySelector('.edge.start');
    if (!start) return;
    this.#edges?.unobserve(start);
    this.#edges?.observe(start);
  }

  hostConnected(): void {
    const { signal } = (this.#stop = new AbortController());
    const { ownerDocument } = this.#host;
    ownerDocument.addEventListener('visibilitychange', this.#onVisibility, { signal });
    if (this.#edges) this.#observe();
  }

  hostUpdated(): void {
    if (!this.#edges && this.#host.isConnected) this.#observe();
  }

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#edges?.disconnect();
    this.#screen?.disconnect();
    this.#isOnScreen = false;
  }

  #observe(): void {
    const { renderRoot } = this.#host;
    const { IntersectionObserver } = viewOf(this.#host);
    const root = renderRoot.querySelector('.scroller');
    this.#edges = new IntersectionObserver(this.#onEdges, { root, rootMargin: MARGINS });
    for (const edge of renderRoot.querySelectorAll('.edge')) this.#edges.observe(edge);
    this.#screen = new IntersectionObserver(this.#onScreen);
    this.#screen.observe(this.#host);
  }

  readonly #onEdges = (reports: readonly IntersectionObserverEntry[]): void => {
    for (const { target, isIntersecting, rootBounds } of reports) {
      // A hidden log has no visible ends.
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
