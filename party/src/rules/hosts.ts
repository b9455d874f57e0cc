/**
 * Who is host of a room without tokens (MO-1). A page that reloads ends one session and begins another, so
 * the role is kept for the user, who may come back within `TIMES.hostReturnMs`, and not for the session.
 */
import { LIMITS, type Role, TIMES } from '@rtc-elements/protocol';

import { assignedRole } from './assigned-roles.js';
import { may } from './permissions.js';
import { type AbsentHost, isReachable, type RoomBook, type SessionRecord } from './room-book.js';

/** The room itself made this session host, so it makes their next session host too. */
const isRoomsHost = ({ appointed, role }: SessionRecord): boolean => !appointed && role === 'host';

const hasHost = (book: RoomBook): boolean =>
  [...book.sessions.values()].some((record) => may(record, 'moderate'));

/** Keeps the role of a host who has left the book, unless another session of theirs is host. */
export function expectHost(book: RoomBook, record: SessionRecord, now: number): RoomBook {
  const { user, lostAt } = record;
  const stays = [...book.sessions.values()].some((one) => one.user === user && isRoomsHost(one));
  if (!isRoomsHost(record) || stays) return book;
  const until = (isReachable(record) ? now : lostAt) + TIMES.hostReturnMs;
  const others = book.absentHosts.filter((one) => one.user !== user);
  return { ...book, absentHosts: [...others, { user, until }].slice(-LIMITS.members) };
}

/** Ends the absence of hosts who came back as `user`, or who did not come back in time. */
export function endAbsences(book: RoomBook, now: number, user?: string): RoomBook {
  const absentHosts = book.absentHosts.filter((one) => one.user !== user && isExpected(one, now));
  return absentHosts.length === book.absentHosts.length ? book : { ...book, absentHosts };
}

/** Whether a new session of `user` takes over from a host session that has ended or lost its socket. */
export const isReturningHost = (book: RoomBook, user: string, now: number): boolean =>
  book.absentHosts.some((one) => one.user === user && isExpected(one, now)) ||
  [...book.sessions.values()].some(
    (one) => one.user === user && isRoomsHost(one) && !isReachable(one),
  );

/** The role of a new session: what a host has decided, what a token says, or else what the room decides. */
export function roleOf(
  book: RoomBook,
  identity: { readonly role: Role | null; readonly user: string },
  now: number,
): Role {
  const decided = assignedRole(book, identity) ?? identity.role;
  if (decided) return decided;
  const { user } = identity;
  if (isReturningHost(book, user, now)) return 'host';
  return hasHost(book) || isHostExpected(book, now) ? 'speaker' : 'host';
}

/**
 * Who becomes host: an absent host who has another session here; otherwise, once no host is expected back,
 * the speaker who has been here the longest. `null`: nobody, or there is a host.
 */
export function successor(book: RoomBook, now: number): SessionRecord | null {
  if (hasHost(book)) return null;
  const candidates = [...book.sessions.values()].filter(
    ({ appointed, role }) => !appointed && role === 'speaker',
  );
  const back = candidates.find(({ user }) => isReturningHost(book, user, now));
  if (back) return back;
  if (isHostExpected(book, now)) return null;
  return candidates.find(isReachable) ?? candidates[0] ?? null;
}

/** Whether a host may still come back. */
export const isHostExpected = (book: RoomBook, now: number): boolean =>
  book.absentHosts.some((one) => isExpected(one, now));

/** The cap keeps a clock that ran back from extending an absence. */
const isExpected = ({ until }: AbsentHost, now: number): boolean =>
  now < until && until - now <= TIMES.hostReturnMs;
