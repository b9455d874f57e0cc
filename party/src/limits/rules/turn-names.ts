// The user names at a TURN server that one address is given, whose quota counts by name (LI-6).
import { ADDRESS_LIMITS } from '@rtc-elements/protocol';

/** A name, and when it was last given. */
export interface TurnName {
  readonly name: string;
  readonly at: number;
}

/** For how long a name counts after it was last given. */
export const TURN_NAME_MS = 3_600_000;

/** One is for the network checks of the address (EN-9). */
const MOST = ADDRESS_LIMITS.turnUserNames - 1;

export interface TurnUser {
  readonly name: string;
  readonly names: readonly TurnName[];
}

/**
 * The name for a user: their own id, as long as the address has fewer names than it may have. After that it is one of
 * those, always the same for one user, so nobody is refused and those who share a name share its quota.
 */
export function nameUser(before: readonly TurnName[], user: string, now: number): TurnUser {
  const names = before.filter(({ at }) => at + TURN_NAME_MS > now);
  const own = names.some(({ name }) => name === user);
  const name = own || names.length < MOST ? user : (names[sumOf(user) % MOST]?.name ?? user);
  return {
    name,
    names: [...names.filter((one) => one.name !== name), { name, at: now }].sort(byName),
  };
}

/** So that the place of a name does not depend on when it was last given. */
const byName = (one: TurnName, other: TurnName): number => (one.name < other.name ? -1 : 1);

/** Spreads users evenly. Nothing depends on its secrecy: whoever wants a certain name only shares its quota. */
const sumOf = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
