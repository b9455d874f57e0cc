/**
 * Checks a token before the room wakes. jose checks the signature, audience and issuer, with the one
 * algorithm that the deployment chose; `rules/claims` checks what it says about its holder.
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';

import type { TokenRules } from '../config/admission-settings.js';
import type { EdgeLog } from '../edge/log.js';
import { type EdgeRefusal, refusal } from '../edge/rules/refusal.js';
import type { Identity } from '../rules/admit.js';
import { userOf } from './identity.js';
import { CLOCK_TOLERANCE_SECONDS, readClaims } from './rules/claims.js';

export type TokenVerdict =
  | { readonly kind: 'known'; readonly identity: Identity }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

/** Checks a token for a room. Never rejects. */
export type TokenCheck = (token: string | null, room: string) => Promise<TokenVerdict>;

/** Short, because somebody is waiting for their socket. */
const KEYS_ANSWER_MS = 5_000;

/** Errors in the token itself. Any other is the fault of the deployment or of whoever publishes the keys. */
const TOKEN_ERRORS = new Set<string>([
  errors.JWTExpired.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWTInvalid.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
]);

export function createTokenCheck(rules: TokenRules, log: Pick<EdgeLog, 'error'>): TokenCheck {
  const verify = createVerifier(rules);
  return async (token, room) => {
    if (!token) return refused(refusal(401, 'token-missing', 'this room asks for a token'));
    try {
      const payload = await verify(token);
      const claims = readClaims(payload, room, rules.maxSeconds, Date.now() / 1_000);
      if (claims.kind === 'refused') return claims;
      const user = await userOf(claims.subject);
      return { kind: 'known', identity: { user, ...claims.identity } };
    } catch (error) {
      const known = refusalOf(error);
      if (known) return refused(known);
      log.error('token-keys', { error: String(error) });
      return refused(refusal(503, 'token-keys', 'tokens cannot be checked now: try again later'));
    }
  };
}

function createVerifier({
  key,
  audience,
  issuer,
}: TokenRules): (token: string) => Promise<JWTPayload> {
  const options = {
    algorithms: [key.algorithm],
    audience,
    ...(issuer !== null && { issuer }),
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  };
  if (key.kind === 'secret') {
    const secret = new TextEncoder().encode(key.secret);
    return async (token) => (await jwtVerify(token, secret, options)).payload;
  }
  // jose keeps the keys for ten minutes, and fetches them for an unknown key id at most every 30 s.
  const keys = createRemoteJWKSet(key.url, { timeoutDuration: KEYS_ANSWER_MS });
  return async (token) => (await jwtVerify(token, keys, options)).payload;
}

function refusalOf(error: unknown): EdgeRefusal | null {
  if (!(error instanceof errors.JOSEError) || !TOKEN_ERRORS.has(error.code)) return null;
  if (error instanceof errors.JWTExpired) {
    return refusal(401, 'token-expired', 'the token has expired: get a fresh one');
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return refusal(401, 'token-early', 'the token is from the future: look at the clocks');
  }
  // What is said of a claim comes after the signature was verified. Before that, whoever forges a token learns nothing
  // from us: a wrong key, a wrong algorithm and rubbish get the same answer.
  const isSigned = error instanceof errors.JWTClaimValidationFailed;
  return refusal(401, 'token-invalid', isSigned ? error.message : 'not a token of this deployment');
}

const refused = (one: EdgeRefusal): TokenVerdict => ({ kind: 'refused', refusal: one });
