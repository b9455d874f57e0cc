/**
 * How far down the ladder processor or line push: down after they have been short for a moment, up
 * one step at a time and only after a long rest, so that encodings do not flap.
 */

export interface Congestion {
  /** Steps down the ladder. */
  readonly steps: number;
  /** When it was found short, or at rest, for the first time since it last changed. */
  readonly since: number;
  readonly isShort: boolean;
}

export const NO_CONGESTION: Congestion = { steps: 0, since: 0, isShort: false };

export const CONGESTION = {
  /** Short for this long: one step down, ms. A single bad second is none. */
  downMs: 2_000,
  /** At ease for this long: one step up, ms. */
  upMs: 8_000,
  most: 6,
} as const;

/** After one more look at `now`. */
export const nextCongestion = (before: Congestion, isShort: boolean, now: number): Congestion => {
  if (isShort !== before.isShort) return { ...before, isShort, since: now };
  const isDue = now - before.since >= (isShort ? CONGESTION.downMs : CONGESTION.upMs);
  const steps = Math.min(CONGESTION.most, Math.max(0, before.steps + (isShort ? 1 : -1)));
  return isDue && steps !== before.steps ? { steps, since: now, isShort } : before;
};
