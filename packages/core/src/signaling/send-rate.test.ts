import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { SendRate } from './send-rate.js';

describe('the rate at which we send', () => {
  it('[LI-4] allows a burst, then says when the next message may be sent', () => {
    const clock = new FakeClock();
    const rate = new SendRate(clock, 10, 3);
    expect([rate.take(), rate.take(), rate.take(), rate.take()]).to.deep.equal([0, 0, 0, 100]);
    clock.advance(99);
    expect(rate.take()).to.be.within(1, 2);
    clock.advance(2);
    expect(rate.take()).to.equal(0);
    expect(rate.take()).to.be.within(98, 100);
    clock.advance(60_000);
    expect([rate.take(), rate.take(), rate.take(), rate.take()]).to.deep.equal([0, 0, 0, 100]);
  });
});
