import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';

import { RequestLimit } from './request-limit.js';

/** How many of `count` requests are allowed. */
function take(limit: RequestLimit, count: number): readonly (() => void)[] {
  const allowed: (() => void)[] = [];
  for (let index = 0; index < count; index += 1) {
    try {
      allowed.push(limit.take());
    } catch (error) {
      expect(error).to.be.instanceOf(RtcError);
      expect(error).to.include({ code: 'flooded', retryable: true, retryAfterMs: 100 });
    }
  }
  return allowed;
}

describe('the limit of requests', () => {
  it('allows twenty at once, and ten more in each second', () => {
    let now = 0;
    const limit = new RequestLimit(() => now);
    const finish = (all: readonly (() => void)[]): number => {
      for (const release of all) release();
      return all.length;
    };
    expect(finish(take(limit, 1_000))).to.equal(20);
    now += 1_000;
    expect(finish(take(limit, 1_000))).to.equal(10);
    now += 60_000;
    expect(finish(take(limit, 1_000))).to.equal(20);
  });

  it('counts those that are under way, however long that takes', () => {
    let now = 0;
    const limit = new RequestLimit(() => now);
    const [first] = take(limit, 20);
    now += 60_000;
    expect(take(limit, 1)).to.have.lengthOf(0);
    first?.();
    expect(take(limit, 2)).to.have.lengthOf(1);
  });
});
