import { expect } from '@esm-bundle/chai';
import { ADDRESS_LIMITS } from '@rtc-elements/protocol';

import { EdgeLimits, type SharedLimits } from './edge-limits.js';

const ASKED = { subject: 'home', request: 'join', room: 'room', isLocal: false } as const;

function setup(shared: SharedLimits | null = null) {
  const warnings: string[] = [];
  let now = 1_795_000_000_000;
  const log = { warn: (event: string) => void warnings.push(event) };
  const limits = new EdgeLimits(
    () => shared,
    log,
    () => now,
  );
  return { limits, warnings, pass: (ms: number) => (now += ms) };
}

/** What all isolates share, with what it answers and what it was told. */
function sharedWith(answer: () => Promise<number>) {
  const told: string[] = [];
  const shared: SharedLimits = {
    take: (request, room) => {
      told.push(`${request} ${room}`);
      return answer();
    },
    turnName: async (user) => `shared-${user}`,
  };
  return { shared, told };
}

describe('the limits of the edge', () => {
  it('[LI-6] hold where nothing is shared, for one address and not for others', () => {
    const { limits } = setup();
    const waits = Array.from({ length: 100 }, () => limits.take(ASKED).waitMs);
    expect(waits.filter((waitMs) => waitMs === 0)).to.have.length(ADDRESS_LIMITS.joinBurst);
    expect(limits.take({ ...ASKED, subject: 'office' }).waitMs).to.equal(0);
    expect(limits.take({ ...ASKED, subject: null }), 'not known').to.deep.equal({
      waitMs: 0,
      told: null,
    });
  });

  it('[LI-6] let a request go before the shared ones answer, and refuse the next as they say', async () => {
    const { shared, told } = sharedWith(async () => 5_000);
    const { limits, pass } = setup(shared);
    const first = limits.take(ASKED);
    expect(first.waitMs).to.equal(0);
    await first.told;
    expect(told).to.deep.equal(['join room']);
    expect(limits.take(ASKED).waitMs).to.equal(5_000);
    expect(limits.take({ ...ASKED, request: 'people' }).waitMs, 'another kind').to.equal(0);
    pass(4_999);
    expect(limits.take({ ...ASKED, room: 'other' }).waitMs).to.equal(1);
    pass(1);
    expect(limits.take(ASKED).waitMs).to.equal(0);
  });

  it('[LI-6] ask nobody else on loopback', async () => {
    const { shared, told } = sharedWith(async () => 5_000);
    const { limits } = setup(shared);
    expect(limits.take({ ...ASKED, isLocal: true }).told).to.equal(null);
    expect(await limits.turnName('home', 'ann', true)).to.equal('ann');
    expect(told).to.deep.equal([]);
    expect(await limits.turnName('home', 'ann', false)).to.equal('shared-ann');
  });

  for (const [what, answer] of [
    ['fail', () => Promise.reject(new Error('overloaded'))],
    ['do not answer', () => new Promise<never>(() => undefined)],
  ] as const) {
    it(`[LI-6] keep nobody out while the shared ones ${what}, and log it once a minute`, async () => {
      const shared = { take: answer, turnName: answer };
      const { limits, warnings, pass } = setup(shared);
      await Promise.all([limits.take(ASKED).told, limits.take(ASKED).told]);
      expect(limits.take(ASKED).waitMs).to.equal(0);
      expect(warnings).to.deep.equal(['limits-failed']);
      expect(await limits.turnName('home', 'ann', false)).to.equal('ann');
      pass(60_000);
      await limits.take(ASKED).told;
      expect(warnings).to.have.length(2);
    });
  }

  it('[LI-6] give an address at most 16 names, whatever rooms their users are in', async () => {
    const { limits } = setup();
    const names = await Promise.all(
      Array.from({ length: 100 }, (_, index) => limits.turnName('home', `user-${index}`, false)),
    );
    expect(new Set(names).size).to.equal(ADDRESS_LIMITS.turnUserNames - 1);
  });

  it('[LI-6] count what they refuse, by room, for whoever asks the room', () => {
    const { limits } = setup();
    for (let index = 0; index < ADDRESS_LIMITS.joinBurst + 3; index += 1) limits.take(ASKED);
    expect(limits.takeRefusals('other')).to.equal(0);
    expect([limits.takeRefusals('room'), limits.takeRefusals('room')]).to.deep.equal([3, 0]);
  });

  it('[LI-6] keep within some memory, whoever comes', () => {
    const { limits } = setup();
    const burst = (subject: string): number =>
      Array.from({ length: 100 }, () => limits.take({ ...ASKED, subject }).waitMs).filter(
        (waitMs) => waitMs === 0,
      ).length;
    burst('home');
    for (let index = 0; index < 12_000; index += 1) {
      limits.take({ ...ASKED, subject: `network-${index}` });
    }
    // It was forgotten, and with it whatever 12,000 networks would have taken.
    expect(burst('home')).to.equal(ADDRESS_LIMITS.joinBurst);
  });
});
