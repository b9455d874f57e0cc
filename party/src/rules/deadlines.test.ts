import { expect } from '@esm-bundle/chai';
import { TIMES } from '@rtc-elements/protocol';

import { findOverdue } from './deadlines.js';

describe('deadlines', () => {
  it('[EN-3] [EN-5] [PR-3] pass for each kind of silence, to the millisecond', () => {
    const now = 1_000_000;
    const late = (limitMs: number, by: number): number => now - limitMs + by;
    const { sockets, sessions, nextAt } = findOverdue(
      {
        sockets: [
          { connection: 'overdue', openedAt: late(TIMES.helloMs, 0) },
          { connection: 'in time', openedAt: late(TIMES.helloMs, 30) },
        ],
        sessions: [
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
          { session: 'resumable', seenAt: 0, lostAt: late(TIMES.resumeGraceMs, 10), isAway: false },
        ],
        waitingSince: [now, late(TIMES.knockMs, 40)],
      },
      now,
    );
    expect(sockets).to.deep.equal(['overdue']);
    expect(sessions.map(({ session }) => session)).to.deep.equal([
      'silent',
      'away too long',
      'lost',
    ]);
    expect(nextAt).to.equal(now + 10);
  });

  it('do not exist in an empty room', () => {
    expect(findOverdue({ sockets: [], sessions: [] }, 1).nextAt).to.equal(null);
  });
});
