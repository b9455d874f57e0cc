/** Access tokens for LiveKit, by the key and secret of a server. */
import { SignJWT } from 'jose';

/**
 * A token (JWT, HS256) for somebody who joins, or for the server API; good for ten minutes.
 * @param {{ apiKey: string, apiSecret: string }} server
 * @param {{ identity?: string, name?: string, grants: Record<string, unknown> }} claims
 *   `grants`: LiveKit's `video` claim, e.g. `{ roomJoin: true, room }` or `{ roomList: true }`.
 * @returns {Promise<string>}
 */
export const makeLiveKitToken = ({ apiKey, apiSecret }, { identity, name, grants }) =>
  new SignJWT({ video: grants, ...(name !== undefined && { name }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(apiKey)
    .setSubject(identity ?? apiKey)
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('10m')
    .sign(Buffer.from(apiSecret));
