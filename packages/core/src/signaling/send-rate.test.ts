import { expect } from '@esm-bundle/chai';

import { LIMITS } from '@rtc-elements/protocol';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { SendRate } from './send-rate.js';

describe('the rate at which we send', () => {
  it('[LI-4] allows a burst, then says when the next message may be sent', () => {
    const clock = new FakeClock();
    const rate = new SendRate(clock, { perSecond: 10, burst: 3 });
    expect([rate.take(), rate.take(), rate.take(), rate.take()]).to.deep.equal([0, 0, 0, 100]);
    clock.advance(99);
    expect(rate.take()).to.be.within(1, 2);
    clock.advance(2);
    expect(rate.take()).to.equal(0);
    expect(rate.take()).to.be.within(98, 100);
    clock.advance(60_000);
    expect([rate.take(), rate.take(), rate.take(), rate.take()]).to.deep.equal([0, 0, 0, 100]);
  });

  it('[FL-3] counts bytes as well, and stays below what the room takes', () => {
    const clock = new FakeClock();
    const rate = new SendRate(clock, { perSecond: 1_000_000, burst: 1_000_000 });
    const size = 16_000;
    let sent = 0;
    while (rate.take(size) === 0) sent += size;
    expect(sent).to.be.within(0.7 * LIMITS.messageByteBurst, LIMITS.messageByteBurst);
    const before = sent;
    for (let second = 0; second < 10; second += 1) {
      for (let step = 0; step < 10; step += 1) {
        clock.advance(100);
        while (rate.take(size) === 0) sent += size;
      }
    }
    const perSecond = (sent - before) / 10;
    expect(perSecond).to.be.within(
      0.6 * LIMITS.messageBytesPerSecond,
      0.8 * LIMITS.messageBytesPerSecond,
    );
  });
});
