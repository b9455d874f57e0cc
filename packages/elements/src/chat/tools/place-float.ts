// Positions the floating tools of a message. Pure.

interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** What the position depends on. All figures are px; spans are relative to the viewport. */
export interface FloatFacts {
  readonly log: Span;
  readonly row: Span;
  readonly floatHeight: number;
  /** Whether only the toolbar is shown, which may overlap its message. */
  readonly isToolbar: boolean;
}

/** The distance to the message and to the edges of the log, px. */
const GAP = 4;

/** How far the toolbar extends above its message, px. */
const OVERLAP = 14;

/**
 * The distance from the top of the log, px. A toolbar overlaps the top of its message. A menu or a
 * question is below the message or, if there is no room, above it. The result is always within the log.
 */
export function placeFloat({ log, row, floatHeight, isToolbar }: FloatFacts): number {
  const most = log.bottom - log.top - floatHeight - GAP;
  const below = row.bottom - log.top + GAP;
  const above = row.top - log.top - (isToolbar ? OVERLAP : floatHeight + GAP);
  const wanted = isToolbar || below > most ? above : below;
  return Math.max(GAP, Math.min(wanted, most));
}
