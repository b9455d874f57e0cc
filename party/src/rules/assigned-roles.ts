/**
 * Roles that hosts have given (MO-2). They belong to a user, as somebody who reloads a page or opens another tab must
 * not get back what a host has taken.
 */
import { LIMITS, type Role } from '@rtc-elements/protocol';

import type { RoomBook } from './room-book.js';

/** Beyond `LIMITS.bans`, the oldest is forgotten. A host is in `absentHosts` while away, and not here (MO-1). */
export function assignRole(book: RoomBook, user: string, role: Role): RoomBook {
  const others = book.roles.filter((one) => one.user !== user);
  const roles = role === 'host' ? others : [...others, { user, role }].slice(-LIMITS.bans);
  return { ...book, roles };
}

/**
 * What a host has decided about a user whose token gives them `role`; `null`: nothing. Nobody takes from a host what
 * their token gives: if they were the only one, nobody could give it back.
 */
export const assignedRole = (
  book: RoomBook,
  { user, role }: { readonly user: string; readonly role: Role | null },
): Role | null =>
  role === 'host' ? null : (book.roles.find((one) => one.user === user)?.role ?? null);
