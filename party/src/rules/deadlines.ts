// What has been silent or absent for too long, and when to check again (EN-3, EN-5, MO-1, MO-3, PR-3).
import { TIMES } from '@rtc-elements/protocol';

import type { DepartedSession } from './room-book.js';

/** A socket that has not said `hello`. */
export interface PendingSocket {
  readonly connection: string;
  readonly openedAt: number;
}

/** When a session was last heard. */
export interface SessionActivity {
  readonly session: string;
  readonly seenAt: number;
  /** When its socket broke; 0 while it has one. */
  readonly lostAt: number;
  readonly isAway: boolean;
}

/** Everything with a deadline. */
export interface Deadlines {
  readonly sockets: Iterable<PendingSocket>;
  readonly sessions: Iterable<SessionActivity>;
  /** When each person in the waiting room arrived there. */
  readonly waitingSince?: readonly number[];
  /** Until when each absent host is expected back (MO-1). */
  readonly hostsUntil?: readonly number[];
}

export interface Overdue {
  /** Sockets that did not say `hello` in time (EN-3). */
  readonly sockets: readonly string[];
  /** Sessions that were not resumed in time (EN-5), or whose socket only seems to be open (PR-3). */
  readonly sessions: readonly DepartedSession[];
  /** The next deadline; `null` if there is none. */
  readonly nextAt: number | null;
}

/** Checks every deadline once. */
export function findOverdue(
  { sockets, sessions, waitingSince = [], hostsUntil = [] }: Deadlines,
  now: number,
): Overdue {
  const overdueSockets: string[] = [];
  const overdueSessions: DepartedSession[] = [];
  let nextAt = Infinity;
  const isDue = (at: number): boolean => {
    if (at <= now) return true;
    nextAt = Math.min(nextAt, at);
    return false;
  };
  for (const { connection, openedAt } of sockets) {
    if (isDue(openedAt + TIMES.helloMs)) overdueSockets.push(connection);
  }
  for (const { session, seenAt, lostAt, isAway } of sessions) {
    const silenceMs = isAway ? TIMES.silentAwayMs : TIMES.silentMs;
    const deadline = lostAt > 0 ? lostAt + TIMES.resumeGraceMs : seenAt + silenceMs;
    if (isDue(deadline)) overdueSessions.push({ session, reason: 'lost' });
  }
  // These only set `nextAt`: access control and the roster find for themselves what is due.
  waitingSince.forEach((at) => isDue(at + TIMES.knockMs));
  hostsUntil.forEach(isDue);
  return {
    sockets: overdueSockets,
    sessions: overdueSessions,
    nextAt: nextAt === Infinity ? null : nextAt,
  };
}
