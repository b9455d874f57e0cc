// Where the tools of a message float. Pure.

interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** What the place depends on, in px from the top of the page. */
export interface FloatFacts {
  readonly log: Span;
  readonly row: Span;
  readonly floatHeight: number;
  /** Only the toolbar, which may cover the edge of its message. */
  readonly isToolbar: boolean;
}

/** Room that is kept between the float and what is around it, px. */
const GAP = 4;

/** How far the toolbar stands over the edge of its message, px. */
const OVERLAP = 14;

/**
 * How far below the top of the log the float begins, px: a toolbar over the edge of its message, what is
 * open below the message or, where there is no room, above it. Always within the log.
 */
export function placeFloat({ log, row, floatHeight, isToolbar }: FloatFacts): number {
  const most = log.bottom - log.top - floatHeight - GAP;
  const below = row.bottom - log.top + GAP;
  const above = row.top - log.top - (isToolbar ? OVERLAP : floatHeight + GAP);
  const wanted = isToolbar || below > most ? above : below;
  return Math.max(GAP, Math.min(wanted, most));
}
