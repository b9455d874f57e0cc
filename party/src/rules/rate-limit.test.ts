import { expect } from '@esm-bundle/chai';

import { type Bucket, isFull, RATES, SLEEP_AFTER_MS, take } from './rate-limit.js';

const rate = { perSecond: 10, burst: 3 };

describe('token buckets', () => {
  it('[LI-4] allow a burst, then say when the next token is available', () => {
    let bucket: Bucket | undefined;
    const waits = [0, 0, 0, 0].map(() => {
      const taken = take(bucket, rate, 1_000);
      bucket = taken.bucket;
      return taken.retryAfterMs;
    });
    expect(waits).to.deep.equal([0, 0, 0, 100]);
    expect(take(bucket, rate, 1_050).retryAfterMs).to.equal(50);
    expect(take(bucket, rate, 1_100).retryAfterMs).to.equal(0);
  });

  it('[LI-4] are full again before a room can fall asleep, so sleep loses nothing', () => {
    for (const [name, { perSecond, burst }] of Object.entries(RATES)) {
      expect((burst / perSecond) * 1_000, name).to.be.below(SLEEP_AFTER_MS);
    }
  });

  it('refill nothing when the clock runs back, and never above the burst', () => {
    const empty = { tokens: 0, at: 5_000 };
    expect(take(empty, rate, 1_000).retryAfterMs).to.equal(100);
    expect(take({ tokens: 3, at: 0 }, rate, 1e9).bucket.tokens).to.equal(2);
    expect(isFull(empty, rate, 5_299)).to.equal(false);
    expect(isFull(empty, rate, 5_300)).to.equal(true);
  });
});
