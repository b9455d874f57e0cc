import { expect } from '@esm-bundle/chai';

import { NO_CONGESTION, CONGESTION, nextCongestion, type Congestion } from './congestion.js';

/** The congestion after checks at these times, each with whether there was a shortage. */
const after = (looks: readonly (readonly [ms: number, isShort: boolean])[]): Congestion =>
  looks.reduce((state, [ms, isShort]) => nextCongestion(state, isShort, ms), NO_CONGESTION);

describe('nextCongestion', () => {
  it('ignores a single bad second', () => {
    expect(
      after([
        [0, true],
        [1_000, false],
        [2_000, true],
        [3_000, false],
      ]).steps,
    ).to.equal(0);
  });

  it('takes a step down for every two seconds of shortage', () => {
    expect(
      after([
        [0, true],
        [2_000, true],
      ]).steps,
    ).to.equal(1);
    expect(
      after([
        [0, true],
        [2_000, true],
        [3_000, true],
        [4_000, true],
      ]).steps,
    ).to.equal(2);
  });

  it('takes a step up only after a long rest', () => {
    const low = after([
      [0, true],
      [2_000, true],
      [4_000, true],
    ]);
    const resting = nextCongestion(low, false, 5_000);
    expect(nextCongestion(resting, false, 5_000 + CONGESTION.upMs - 1).steps).to.equal(2);
    const higher = nextCongestion(resting, false, 5_000 + CONGESTION.upMs);
    expect(higher.steps).to.equal(1);
    expect(nextCongestion(higher, false, 5_000 + CONGESTION.upMs + 1).steps).to.equal(1);
  });

  it('stays between no step and the last one', () => {
    const looks = Array.from({ length: 50 }, (_, at) => [at * 2_000, true] as const);
    expect(after(looks).steps).to.equal(CONGESTION.most);
    expect(
      after([
        [0, false],
        [60_000, false],
      ]).steps,
    ).to.equal(0);
  });
});
