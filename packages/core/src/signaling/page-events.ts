// What the page tells about itself that matters to a connection. Nothing, where there is no page.

import { isPageHidden } from '../support/is-page-hidden.js';

export interface PageHandlers {
  /** It is shown now, or hidden. */
  onVisibility(): void;
  /** The network or the page is back: what looked like an open connection may be a dead one. */
  onWake(): void;
  /** The page goes, perhaps into the back/forward cache. */
  onHide(): void;
  /** It came back out of that cache. */
  onRestore(): void;
}

/** Calls `handlers` until the result is called. */
export function watchPage(handlers: PageHandlers): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  window.addEventListener('online', () => handlers.onWake(), options);
  window.addEventListener('pagehide', () => handlers.onHide(), options);
  window.addEventListener(
    'pageshow',
    // Not persisted: the page has only just loaded, and nothing has slept.
    (event) => {
      if (event.persisted) handlers.onRestore();
    },
    options,
  );
  document.addEventListener(
    'visibilitychange',
    () => {
      handlers.onVisibility();
      if (!isPageHidden()) handlers.onWake();
    },
    options,
  );
  return () => stop.abort();
}
