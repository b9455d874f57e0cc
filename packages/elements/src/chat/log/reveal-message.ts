// Scrolls to a message of the log, loading older ones if necessary.
import type { LitElement } from 'lit';

import { viewOf } from '../../base/view-of.js';

/** How many pages are loaded at most to reach a message; more would take too long. */
const MOST_PAGES = 10;

/**
 * Centres the message in the log, focuses it and highlights it briefly. `loadOlder` resolves with
 * whether it loaded anything. Resolves with `false` if the message was not found.
 */
export async function revealMessage(
  log: Pick<LitElement, 'renderRoot' | 'updateComplete'>,
  seq: number,
  loadOlder: () => Promise<boolean>,
): Promise<boolean> {
  const find = (): HTMLElement | null =>
    log.renderRoot.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  for (let page = 0; !find() && page < MOST_PAGES; page += 1) {
    if (!(await loadOlder())) break;
    await log.updateComplete;
  }
  const row = find();
  const scroller = row?.closest<HTMLElement>('.scroller');
  if (!row || !scroller) return false;
  row.focus({ preventScroll: true });
  center(row, scroller);
  // Rows get their real height when they are first rendered.
  viewOf(row).requestAnimationFrame(() => center(row, scroller));
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
    const accent = 'color-mix(in srgb, var(--accent) 18%, transparent)';
    row.animate([{ background: accent, offset: 0.3 }, { background: 'transparent' }], 1_400);
  }
  return true;
}

/** Scrolls only the scroller: the page must not move. */
function center(row: HTMLElement, scroller: HTMLElement): void {
  const [inner, outer] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
  scroller.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}
