/**
 * By how many steps a busy processor or a narrow line lowers the encodings: one step down after a
 * moment of shortage, one step up only after a long rest, so that encodings do not flap.
 */

export interface Congestion {
  /** How many steps encodings are lowered by. */
  readonly steps: number;
  /** When the present shortage or rest began, or when `steps` last changed in it. */
  readonly since: number;
  readonly isShort: boolean;
}

export const NO_CONGESTION: Congestion = { steps: 0, since: 0, isShort: false };

export const CONGESTION = {
  /** How long it is short before a step down, ms. A single bad second does not count. */
  downMs: 2_000,
  /** How long it is at rest before a step up, ms. */
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
