import { expect } from '@esm-bundle/chai';
import { TIMES } from '@rtc-elements/protocol';

import { callRoll } from './deadlines.js';

describe('the roll call', () => {
  it('[EN-3] [EN-5] [PR-3] finds each kind of overdue, to the millisecond', () => {
    const now = 1_000_000;
    const late = (limitMs: number, by: number): number => now - limitMs + by;
    const { speechless, gone, nextAt } = callRoll(
      {
        strangers: [
          { connection: 'overdue', openedAt: late(TIMES.helloMs, 0) },
          { connection: 'in time', openedAt: late(TIMES.helloMs, 30) },
        ],
        members: [
          { session: 'silent', seenAt: late(TIMES.silentMs, 0), lostAt: 0, isAway: false },
          { session: 'heard', seenAt: late(TIMES.silentMs, 20), lostAt: 0, isAway: false },
          { session: 'away', seenAt: late(TIMES.silentMs, 0), lostAt: 0, isAway: true },
          {
            session: 'away too long',
            seenAt: late(TIMES.silentAwayMs, 0),
            lostAt: 0,
            isAway: true,
          },
          { session: 'lost', seenAt: now, lostAt: late(TIMES.resumeGraceMs, 0), isAway: false },
          { session: 'waiting', seenAt: 0, lostAt: late(TIMES.resumeGraceMs, 10), isAway: false },
        ],
        since: [now, late(TIMES.knockMs, 40)],
      },
      now,
    );
    expect(speechless).to.deep.equal(['overdue']);
    expect(gone.map(({ session }) => session)).to.deep.equal(['silent', 'away too long', 'lost']);
    expect(nextAt).to.equal(now + 10);
  });

  it('asks no more when nobody is here', () => {
    expect(callRoll({ strangers: [], members: [] }, 1).nextAt).to.equal(null);
  });
});
