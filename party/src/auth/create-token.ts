/**
 * Makes the tokens with which a backend lets people into rooms. It needs only WebCrypto, so it runs on
 * Node, Workers, Deno and Bun. It signs with the deployment's `TOKEN_SECRET`, so it must never run in
 * a page.
 *
 * @packageDocumentation
 */
import {
  isDisplayName,
  isRoomName,
  LIMITS,
  type Permission,
  PERMISSIONS,
  type Role,
  ROLES,
} from '@rtc-elements/protocol';
import { SignJWT } from 'jose';

export type { Permission, Role };

export interface TokenOptions {
  /** The deployment's `TOKEN_SECRET`: at least 32 bytes. */
  readonly secret: string;
  /** The room that the token is for. */
  readonly room: string;
  /** Your stable id of the person. Not a name that people can choose: whoever has the id is the person. */
  readonly user: string;
  /** The name that others see. Default: whatever name the person types. */
  readonly name?: string;
  /** Default `speaker`. */
  readonly role?: Role;
  /** Default: the permissions of the role. */
  readonly can?: readonly Permission[];
  /** How long the token is valid. Default 3600, the most that a deployment accepts by default. */
  readonly seconds?: number;
  /** The deployment's `TOKEN_AUDIENCE`. Default `rtc-elements`. */
  readonly audience?: string;
  /** The deployment's `TOKEN_ISSUER`, if it has one. */
  readonly issuer?: string;
}

const SECRET_BYTES = 32;
const DEFAULT_SECONDS = 3_600;

/** Makes a token for one person and one room. Rejects with a `TypeError` that names the wrong option. */
export async function createToken(options: TokenOptions): Promise<string> {
  checkOptions(options);
  const { room, name, role, can, user, issuer } = options;
  const { seconds = DEFAULT_SECONDS, audience = 'rtc-elements' } = options;
  const now = Math.floor(Date.now() / 1_000);
  const claims = { room, ...(name && { name }), ...(role && { role }), ...(can && { can }) };
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(user)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds);
  if (issuer !== undefined) token.setIssuer(issuer);
  return token.sign(new TextEncoder().encode(options.secret));
}

/** Tells the backend now what the room would refuse later. */
function checkOptions({ secret, room, user, name, role, can, seconds }: TokenOptions): void {
  const demand = (isRight: boolean, sentence: string): void => {
    if (!isRight) throw new TypeError(sentence);
  };
  const bytes = new TextEncoder().encode(secret).length;
  demand(bytes >= SECRET_BYTES, `secret must have at least ${SECRET_BYTES} bytes`);
  demand(isRoomName(room), 'room must be 1 to 64 of A-Z a-z 0-9 _ -');
  demand(typeof user === 'string' && user !== '', 'user must be the id of somebody');
  const isName = name === undefined || isDisplayName(name, LIMITS.nameLength);
  demand(
    isName,
    `name must be a line of 1 to ${LIMITS.nameLength} characters that can be seen, trimmed`,
  );
  demand(role === undefined || ROLES.includes(role), `role must be one of ${ROLES.join(', ')}`);
  const isCan = can === undefined || can.every((word) => PERMISSIONS.includes(word));
  demand(isCan, `can must be some of ${PERMISSIONS.join(', ')}`);
  const isTime = seconds === undefined || (Number.isInteger(seconds) && seconds > 0);
  demand(isTime, 'seconds must be a whole number above 0');
}
