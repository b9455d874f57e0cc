// Goes to a line of the log, however far up it is.
import type { LitElement } from 'lit';

/** The most pages that are loaded to reach a line: what is further back is not worth the wait. */
const MOST_PAGES = 10;

/**
 * Puts the line in the middle of the log, with focus, and lights it up for a moment. `loadOlder` says
 * whether there was more. `false`: the line is not there.
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
  // Rows that were not drawn yet have their true height only now.
  requestAnimationFrame(() => center(row, scroller));
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
    const accent = 'color-mix(in srgb, var(--accent) 18%, transparent)';
    row.animate([{ background: accent, offset: 0.3 }, { background: 'transparent' }], 1_400);
  }
  return true;
}

/** By the scroller alone: the page around must not move. */
function center(row: HTMLElement, scroller: HTMLElement): void {
  const [inner, outer] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
  scroller.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}
