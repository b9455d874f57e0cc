// What a token says about its holder. Its signature has been checked before.
import {
  isDisplayName,
  LIMITS,
  type Permission,
  PERMISSIONS,
  type Role,
  ROLES,
} from '@rtc-elements/protocol';

import { type EdgeRefusal, refusal } from '../../edge/rules/refusal.js';
import type { Identity } from '../../rules/admit.js';

/** How much the issuer's clock may differ from ours. It does not extend the life of a token. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Who the token names, with `sub` as the issuer wrote it; or why the token is refused. */
export type Claims =
  | { readonly kind: 'claims'; readonly subject: string; readonly identity: Omit<Identity, 'user'> }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

interface TokenTimes {
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly iat?: unknown;
}

/** Reads the claims of a token for `room`. `now` is in seconds, like the times in the claims. */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  room: string,
  maxSeconds: number,
  now: number,
): Claims {
  const untimely = checkTimes(claims, maxSeconds, now);
  if (untimely) return { kind: 'refused', refusal: untimely };
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
  // Where tokens are used, the room assigns no roles: a token without one does not make a host.
  const identity = { role: role ?? 'speaker', name: name ?? null, can: can ?? null };
  return { kind: 'claims', subject: sub, identity };
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
