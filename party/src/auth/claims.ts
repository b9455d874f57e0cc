// What a token says about somebody, once its signature has been found good.
import {
  isDisplayName,
  isRoomName,
  LIMITS,
  type Permission,
  PERMISSIONS,
  type Role,
  ROLES,
} from '@rtc-elements/protocol';

import type { Identity } from '../rules/admit.js';
import { type EdgeRefusal, refusal } from '../edge/rules/refusal.js';

/** Clocks differ by so much. It makes no token live longer. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Who it is, with `sub` as the issuer wrote it; or why the token does not do. */
export type Claims =
  | { readonly kind: 'claims'; readonly subject: string; readonly identity: Omit<Identity, 'user'> }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

interface TokenTimes {
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly iat?: unknown;
}

/** Reads the claims of a token for `room`. `now` in seconds, as the claims are. */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  room: string,
  maxSeconds: number,
  now: number,
): Claims {
  const late = checkTimes(claims, maxSeconds, now);
  if (late) return { kind: 'refused', refusal: late };
  if (claims['room'] !== room) {
    return {
      kind: 'refused',
      refusal: refusal(403, 'wrong-room', 'the token is for another room'),
    };
  }
  const { sub, name, role, can } = claims;
  if (typeof sub !== 'string' || sub === '') return malformed('sub', 'the id of a user');
  if (name !== undefined && !isName(name)) return malformed('name', 'a display name');
  if (role !== undefined && !isRole(role)) return malformed('role', ROLES.join(', '));
  if (can !== undefined && !isPermissions(can)) return malformed('can', PERMISSIONS.join(', '));
  // A room with tokens decides nothing by itself: who was given no role is not made host.
  const identity = { role: role ?? 'speaker', name: name ?? null, can: can ?? null };
  return { kind: 'claims', subject: sub, identity };
}

/**
 * The user of a subject. Ids of other forms (addresses, `auth0|…`) become a digest, which has the
 * form that ids have on the wire and shows nobody's address to the room.
 */
export async function userOf(subject: string): Promise<string> {
  if (isRoomName(subject)) return subject;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subject));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
}

function checkTimes(
  { exp, nbf, iat }: TokenTimes,
  maxSeconds: number,
  now: number,
): EdgeRefusal | null {
  if (typeof exp !== 'number' || exp <= now) {
    return refusal(401, 'token-expired', 'the token has expired: get a fresh one');
  }
  const latest = now + CLOCK_TOLERANCE_SECONDS;
  if ((typeof nbf === 'number' && nbf > latest) || (typeof iat === 'number' && iat > latest)) {
    return refusal(401, 'token-early', 'the token is from the future: look at the clocks');
  }
  if (exp - (typeof iat === 'number' ? iat : now) <= maxSeconds) return null;
  const detail = `a token lives for at most ${maxSeconds} seconds (TOKEN_MAX_SECONDS)`;
  return refusal(401, 'token-long-lived', detail);
}

const malformed = (claim: string, allowed: string): Claims => ({
  kind: 'refused',
  refusal: refusal(401, 'token-claims', `the claim "${claim}" must be: ${allowed}`),
});

const isName = (value: unknown): value is string =>
  typeof value === 'string' && isDisplayName(value, LIMITS.nameLength);

const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);

const isPermissions = (value: unknown): value is readonly Permission[] =>
  Array.isArray(value) &&
  new Set(value).size === value.length &&
  value.every((word) => PERMISSIONS.some((permission) => permission === word));
