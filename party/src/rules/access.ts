// The door of a room: whether it is locked, who waits at it, who is kept out (MO-2, MO-3, LI-4).
import {
  type AccessMessage,
  type BannedPerson,
  LIMITS,
  TIMES,
  type WaitingPerson,
} from '@rtc-elements/protocol';

export interface Waiting extends WaitingPerson {
  readonly since: number;
}

/** Somebody who flooded the room, and when they may come back. */
export interface Cooling {
  readonly user: string;
  readonly until: number;
}

export interface RoomAccess {
  readonly locked: boolean;
  /** Oldest first, as are the others. */
  readonly waiting: readonly Waiting[];
  readonly banned: readonly BannedPerson[];
  readonly cooling: readonly Cooling[];
}

export const OPEN_DOOR: RoomAccess = { locked: false, waiting: [], banned: [], cooling: [] };

export const isBanned = (door: RoomAccess, user: string): boolean =>
  door.banned.some((person) => person.user === user);

/** The oldest ban makes way for one too many. */
export const ban = (door: RoomAccess, person: BannedPerson): RoomAccess => ({
  ...unban(door, person.user),
  banned: [...unban(door, person.user).banned, person].slice(-LIMITS.bans),
});

export const unban = (door: RoomAccess, user: string): RoomAccess => ({
  ...door,
  banned: door.banned.filter((person) => person.user !== user),
});

export const letWait = (door: RoomAccess, person: Waiting): RoomAccess => ({
  ...door,
  waiting: [...door.waiting, person],
});

/** They came in, were turned away, or went. */
export const stopWaiting = (door: RoomAccess, session: string): RoomAccess => ({
  ...door,
  waiting: door.waiting.filter((person) => person.session !== session),
});

/** Those whom no host admitted in time. */
export const tiredOfWaiting = (door: RoomAccess, now: number): readonly Waiting[] =>
  door.waiting.filter(({ since }) => since + TIMES.knockMs <= now);

/** Keeps `user` out for a while; forgets those who have been out long enough. */
export const coolDown = (door: RoomAccess, user: string, now: number): RoomAccess => ({
  ...door,
  cooling: [
    ...door.cooling.filter((one) => one.user !== user && one.until > now),
    { user, until: now + TIMES.floodMs },
  ].slice(-LIMITS.bans),
});

/** How long `user` must still stay out, ms; 0: they may come. */
export function coolingMs(door: RoomAccess, user: string, now: number): number {
  const until = door.cooling.find((one) => one.user === user)?.until ?? now;
  // A clock that ran back must not keep anybody out for longer.
  return Math.min(TIMES.floodMs, Math.max(0, until - now));
}

/** What members are told of it; hosts hear who waits and who is kept out, too. */
export const accessOf = (
  { locked, waiting, banned }: RoomAccess,
  forHost: boolean,
): AccessMessage => ({
  type: 'access',
  locked,
  ...(forHost && {
    waiting: waiting.map(({ session, user, name }) => ({ session, user, name })),
    banned,
  }),
});

/** Whether there is anything to tell a newcomer. */
export const isPlain = ({ locked, waiting, banned }: RoomAccess, forHost: boolean): boolean =>
  !locked && !(forHost && waiting.length + banned.length > 0);
