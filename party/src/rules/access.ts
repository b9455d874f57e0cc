// Who may enter a room: the lock, the waiting room, bans and cool-downs (MO-2, MO-3, LI-4).
import {
  type AccessMessage,
  type BannedPerson,
  LIMITS,
  TIMES,
  type WaitingPerson,
} from '@rtc-elements/protocol';

/** Somebody in the waiting room of a locked room. */
export interface Waiting extends WaitingPerson {
  readonly since: number;
}

/** Somebody who flooded the room, and when they may come back. */
export interface Cooling {
  readonly user: string;
  readonly until: number;
}

/** The keys are stored as they are named here. */
export interface RoomAccess {
  readonly locked: boolean;
  /** Oldest first, like the other two lists. */
  readonly waiting: readonly Waiting[];
  readonly banned: readonly BannedPerson[];
  readonly cooling: readonly Cooling[];
}

/** Access to a new room: nothing is restricted. */
export const OPEN_ACCESS: RoomAccess = { locked: false, waiting: [], banned: [], cooling: [] };

export const isBanned = (access: RoomAccess, user: string): boolean =>
  access.banned.some((person) => person.user === user);

/** Beyond `LIMITS.bans`, the oldest ban ends. */
export const ban = (access: RoomAccess, person: BannedPerson): RoomAccess => ({
  ...unban(access, person.user),
  banned: [...unban(access, person.user).banned, person].slice(-LIMITS.bans),
});

export const unban = (access: RoomAccess, user: string): RoomAccess => ({
  ...access,
  banned: access.banned.filter((person) => person.user !== user),
});

export const addWaiting = (access: RoomAccess, person: Waiting): RoomAccess => ({
  ...access,
  waiting: [...access.waiting, person].sort((one, other) => one.since - other.since),
});

/** They were admitted or denied, or left. */
export const removeWaiting = (access: RoomAccess, session: string): RoomAccess => ({
  ...access,
  waiting: access.waiting.filter((person) => person.session !== session),
});

/** Those whom no host admitted within `TIMES.knockMs`. */
export const overdueWaiting = (access: RoomAccess, now: number): readonly Waiting[] =>
  access.waiting.filter(({ since }) => since + TIMES.knockMs <= now);

/** Keeps `user` out for `TIMES.floodMs`, and drops cool-downs that are over. */
export const coolDown = (access: RoomAccess, user: string, now: number): RoomAccess => ({
  ...access,
  cooling: [
    ...access.cooling.filter((one) => one.user !== user && one.until > now),
    { user, until: now + TIMES.floodMs },
  ].slice(-LIMITS.bans),
});

/** How long `user` must still stay out, in ms; 0 if they may come in. */
export function coolingMs(access: RoomAccess, user: string, now: number): number {
  const until = access.cooling.find((one) => one.user === user)?.until ?? now;
  // The cap keeps a clock that ran back from extending the cool-down.
  return Math.min(TIMES.floodMs, Math.max(0, until - now));
}

/** What members are told. Hosts also see who is waiting and who is banned. */
export const accessMessage = (
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

/** Whether a newcomer has to be told anything. */
export const isWorthTelling = (
  { locked, waiting, banned }: RoomAccess,
  forHost: boolean,
): boolean => locked || (forHost && waiting.length + banned.length > 0);
