import { expect } from '@esm-bundle/chai';
import type { ErrorMessage } from '@rtc-elements/protocol';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { RosterSequence } from './roster-sequence.js';

const refusal = (changes: Partial<ErrorMessage> = {}): ErrorMessage => ({
  type: 'error',
  code: 'rate-limited',
  detail: 'too much',
  retryAfterMs: 300,
  ...changes,
});

function setup() {
  const clock = new FakeClock();
  let asked = 0;
  const roster = new RosterSequence(clock, () => (asked += 1));
  roster.restart(7);
  return { clock, roster, asked: () => asked };
}

describe('the numbers of the roster', () => {
  it('[PR-2] take each change once and in order, and ask for the whole after a gap', () => {
    const { roster, asked } = setup();
    const takes = [7, 8, 8, 9, 11, 12].map((seq) => roster.takes({ type: 'presence', seq }));
    expect(takes).to.deep.equal([false, true, false, true, false, false]);
    expect(asked()).to.equal(1);
    expect(roster.takes({ type: 'roster', seq: 12, peers: [] })).to.equal(true);
    expect(roster.takes({ type: 'presence', seq: 13 })).to.equal(true);
  });

  it('[FL-3] ask again for what the room refused, when it says so', () => {
    const { clock, roster, asked } = setup();
    roster.takes({ type: 'presence', seq: 9 });
    expect(roster.takes(refusal())).to.equal(true);
    clock.advance(299);
    expect(asked()).to.equal(1);
    clock.advance(1);
    expect(asked()).to.equal(2);
    roster.takes(refusal());
    roster.takes({ type: 'roster', seq: 9, peers: [] });
    expect(clock.pending).to.equal(0);
  });

  it('ask for nothing because of other refusals, or once the connection is gone', () => {
    const { clock, roster, asked } = setup();
    roster.takes(refusal());
    roster.takes({ type: 'presence', seq: 9 });
    roster.takes(refusal({ ref: 'r' }));
    roster.takes(refusal({ code: 'forbidden' }));
    expect(clock.pending).to.equal(0);
    roster.takes(refusal());
    roster.stop();
    clock.advance(60_000);
    expect(asked()).to.equal(1);
  });
});
