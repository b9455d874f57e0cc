// Page events that matter to a connection. Outside a page there are none.

import { isPageHidden } from '../support/is-page-hidden.js';

export interface PageHandlers {
  /** Called when the page was shown or hidden. */
  onVisibility(): void;
  /** Called when the network or the page is back: a connection that looks open may be dead. */
  onWake(): void;
  /** Called when the page goes away, perhaps into the back/forward cache. */
  onHide(): void;
  /** Called when the page was restored from that cache. */
  onRestore(): void;
}

/** Calls `handlers` until the returned function is called. */
export function watchPage(handlers: PageHandlers): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const stop = new AbortController();
  const options = { signal: stop.signal };
  window.addEventListener('online', () => handlers.onWake(), options);
  window.addEventListener('pagehide', () => handlers.onHide(), options);
  window.addEventListener(
    'pageshow',
    // Not persisted: the page has just loaded, so nothing was suspended.
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
