// The median of measurements.

/** The middle one in order; of an even number, the greater of the two in the middle. `NaN` for none. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? NaN;
