// Who has been silent for too long, and when to ask again (EN-3, EN-5, MO-3, PR-3).
import { TIMES } from '@rtc-elements/protocol';

import type { DepartedSession } from './room-book.js';

/** A socket without a session. */
export interface Stranger {
  readonly connection: string;
  readonly openedAt: number;
}

/** A session: last heard of through its socket, or waiting for one since `lostAt`. */
export interface Member {
  readonly session: string;
  readonly seenAt: number;
  readonly lostAt: number;
  readonly isAway: boolean;
}

export interface RollCall {
  /** Sockets that never said hello in time (EN-3). */
  readonly speechless: readonly string[];
  /** Sessions whose grace is over (EN-5), or whose socket only seems to be open (PR-3). */
  readonly gone: readonly DepartedSession[];
  /** When the next one can be due; `null`: nobody is here. */
  readonly nextAt: number | null;
}

/** Everybody with a deadline. */
export interface Attendants {
  readonly strangers: Iterable<Stranger>;
  readonly members: Iterable<Member>;
  /** Since when people wait at the door. */
  readonly since?: readonly number[];
}

/** Looks at everybody once. */
export function callRoll({ strangers, members, since = [] }: Attendants, now: number): RollCall {
  const speechless: string[] = [];
  const gone: DepartedSession[] = [];
  let nextAt = Infinity;
  const isDue = (at: number): boolean => {
    if (at <= now) return true;
    nextAt = Math.min(nextAt, at);
    return false;
  };
  for (const { connection, openedAt } of strangers) {
    if (isDue(openedAt + TIMES.helloMs)) speechless.push(connection);
  }
  for (const { session, seenAt, lostAt, isAway } of members) {
    const patienceMs = isAway ? TIMES.silentAwayMs : TIMES.silentMs;
    const deadline = lostAt > 0 ? lostAt + TIMES.resumeGraceMs : seenAt + patienceMs;
    if (isDue(deadline)) gone.push({ session, reason: 'lost' });
  }
  // Whom nobody let in is for the door to send away.
  since.forEach((at) => isDue(at + TIMES.knockMs));
  return { speechless, gone, nextAt: nextAt === Infinity ? null : nextAt };
}
