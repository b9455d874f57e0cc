import { expect } from '@esm-bundle/chai';

import {
  type Bucket,
  charge,
  isFull,
  RATES,
  SLEEP_AFTER_MS,
  take,
  untilOne,
} from './rate-limit.js';

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

  it('[FL-3] take what something has cost, even if that is more than there is', () => {
    const inDebt = charge(undefined, rate, 5, 1_000);
    expect(inDebt.tokens).to.equal(-2);
    expect(untilOne(inDebt, rate, 1_000)).to.equal(300);
    expect(untilOne(inDebt, rate, 1_299)).to.equal(1);
    expect(untilOne(inDebt, rate, 1_300)).to.equal(0);
    expect(untilOne(undefined, rate, 0)).to.equal(0);
    expect(take(inDebt, rate, 1_000)).to.deep.equal({ bucket: inDebt, retryAfterMs: 300 });
  });

  it('[FL-3] owe a burst at most, and are full again before a room can fall asleep', () => {
    expect(charge(undefined, rate, 1_000, 0).tokens).to.equal(-rate.burst);
    for (const name of ['messageBytes', 'userMessageBytes', 'signalBytes'] as const) {
      const { burst, perSecond } = RATES[name];
      expect(((2 * burst) / perSecond) * 1_000, name).to.be.below(SLEEP_AFTER_MS);
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
