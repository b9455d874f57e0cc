import { expect } from '@esm-bundle/chai';
import { ADDRESS_LIMITS } from '@rtc-elements/protocol';

import { Allowance, type LimitedRequest } from './allowance.js';

const START = 1_795_000_000_000;

/** How many of `count` requests are allowed at one moment. */
const allowed = (
  allowance: Allowance,
  request: LimitedRequest,
  count: number,
  { now = START, roomOf = () => 'room' }: { now?: number; roomOf?: (index: number) => string } = {},
): number =>
  Array.from({ length: count }, (_, index) => allowance.take(request, roomOf(index), now)).filter(
    (waitMs) => waitMs === 0,
  ).length;

describe('the allowance of an address', () => {
  for (const [request, burst, perSecond] of [
    ['join', ADDRESS_LIMITS.joinBurst, ADDRESS_LIMITS.joinsPerSecond],
    ['ice', ADDRESS_LIMITS.iceRequestBurst, ADDRESS_LIMITS.iceRequestsPerSecond],
    ['people', ADDRESS_LIMITS.peopleRequestBurst, ADDRESS_LIMITS.peopleRequestsPerSecond],
  ] as const) {
    it(`[LI-6] has a burst of ${burst} ${request}, and ${perSecond} a second after it`, () => {
      const allowance = new Allowance();
      expect(allowed(allowance, request, 1_000)).to.equal(burst);
      const waitMs = allowance.take(request, 'room', START);
      expect(waitMs).to.equal(1_000 / perSecond);
      expect(allowance.take(request, 'room', START + waitMs - 1)).to.be.above(0);
      expect(allowance.take(request, 'room', START + waitMs)).to.equal(0);
      expect(allowed(allowance, request, 1_000, { now: START + 11_000 })).to.equal(
        Math.min(burst, 10 * perSecond),
      );
    });
  }

  it('[LI-6] wakes 60 rooms at once and one each two seconds, in whatever way it asks', () => {
    const allowance = new Allowance();
    const roomOf = (index: number): string => `fresh-${index}`;
    const joins = allowed(allowance, 'join', 30, { roomOf });
    const others = allowed(allowance, 'people', 600, { roomOf: (index) => `other-${index}` });
    expect([joins, others]).to.deep.equal([30, 30]);
    expect(allowance.take('ice', 'fresh-601', START)).to.equal(2_000);
    expect(allowance.take('ice', 'fresh-0', START), 'a known room').to.equal(0);
    expect(allowance.take('ice', 'fresh-601', START + 2_000)).to.equal(0);
  });

  it('[LI-6] counts nothing for a request that is refused', () => {
    const allowance = new Allowance();
    allowed(allowance, 'ice', ADDRESS_LIMITS.iceRequestBurst);
    for (let index = 0; index < 500; index += 1) {
      expect(allowance.take('ice', `fresh-${index}`, START)).to.be.above(0);
    }
    // The room of the burst was new, too.
    const roomOf = (index: number): string => `fresh-${index}`;
    expect(allowed(allowance, 'join', 100, { roomOf })).to.equal(ADDRESS_LIMITS.newRoomBurst - 1);
  });

  it('[LI-6] keeps the latest rooms only', () => {
    const allowance = new Allowance();
    let now = START;
    for (let index = 0; index <= ADDRESS_LIMITS.knownRooms; index += 1) {
      expect(allowance.take('join', `room-${index}`, now)).to.equal(0);
      now += 2_000;
    }
    const full = allowed(allowance, 'people', 100, { now, roomOf: (index) => `x-${index}` });
    expect(full).to.be.at.most(ADDRESS_LIMITS.newRoomBurst);
    expect(allowance.take('people', 'room-0', now), 'forgotten').to.be.above(0);
    expect(allowance.take('people', `room-${ADDRESS_LIMITS.knownRooms}`, now)).to.equal(0);
  });

  it('[LI-6] is idle once nothing would be lost', () => {
    const allowance = new Allowance();
    expect(allowance.isIdle(START)).to.equal(true);
    allowance.take('join', 'room', START);
    expect(allowance.isIdle(START + 1_999)).to.equal(false);
    expect(allowance.isIdle(START + 2_000)).to.equal(true);
  });
});
