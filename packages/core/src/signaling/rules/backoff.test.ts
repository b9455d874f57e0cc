import { expect } from '@esm-bundle/chai';

import { retryDelay } from './backoff.js';

/** A small seeded generator, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('retryDelay', () => {
  it('spreads the first retry over a second', () => {
    expect([retryDelay(1, 0), retryDelay(1, 0.5)]).to.deep.equal([0, 500]);
  });

  it('doubles its range up to 15 s and keeps a minimum delay', () => {
    const spans = [2, 3, 4, 5, 6, 50].map((attempt) => [
      retryDelay(attempt, 0),
      retryDelay(attempt, 1),
    ]);
    expect(spans).to.deep.equal([
      [500, 2_000],
      [500, 4_000],
      [500, 8_000],
      [500, 15_000],
      [500, 15_000],
      [500, 15_000],
    ]);
  });

  it('does not let a hundred clients that lose a room at once return together (seed 3)', () => {
    const random = seeded(3);
    const buckets = Array<number>(10).fill(0);
    for (let client = 0; client < 100; client += 1) {
      const bucket = Math.floor(retryDelay(1, random()) / 100);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(Math.max(...buckets)).to.be.below(25);
  });
});
