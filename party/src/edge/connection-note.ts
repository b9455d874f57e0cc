// What the edge tells a room about a request or socket, in headers, and how the room reads it.
import { type Permission, PERMISSIONS, type Role, ROLES } from '@rtc-elements/protocol';

import type { ConnectionNote } from '../ports.js';
import type { Identity } from '../rules/admit.js';

/** Only the edge sets these, as a clean request has none of the client's own headers (EN-2). */
export const ADDRESS_HEADER = 'x-rtc-address';
export const LOCAL_HEADER = 'x-rtc-local';
export const IDENTITY_HEADER = 'x-rtc-identity';
export const REFUSALS_HEADER = 'x-rtc-refusals';

/** An identity as a header value: form fields, because names may not be ASCII, and fields need no JSON. */
export function writeIdentity({ user, role, name, can }: Identity): string {
  const fields = new URLSearchParams({ user });
  if (role !== null) fields.set('role', role);
  if (name !== null) fields.set('name', name);
  if (can !== null) fields.set('can', can.join(' '));
  return fields.toString();
}

/** The identity in a header value; `null` if there is none, because the edge asked for no token. */
export function readIdentity(header: string | null): Identity | null {
  if (header === null) return null;
  const fields = new URLSearchParams(header);
  const can = fields.get('can');
  return {
    user: fields.get('user') ?? '',
    role: ROLES.find((role): role is Role => role === fields.get('role')) ?? null,
    name: fields.get('name'),
    can: can === null ? null : can.split(' ').filter(isPermission),
  };
}

/** The note of a socket that has just opened. */
export const noteOf = (headers: Headers, now: number): ConnectionNote => ({
  session: null,
  openedAt: now,
  seenAt: 0,
  address: headers.get(ADDRESS_HEADER),
  takesPages: false,
  takesNew: false,
  local: headers.has(LOCAL_HEADER),
  identity: readIdentity(headers.get(IDENTITY_HEADER)),
});

const isPermission = (word: string): word is Permission =>
  PERMISSIONS.some((permission) => permission === word);

/** How many requests to the room the edge has refused, and not told it before. */
export const refusalsOf = (headers: Headers): number => Number(headers.get(REFUSALS_HEADER) ?? 0);
