// Who somebody is: the user that a token names or, in an open room, the browser that holds a key (EN-3).
import { type HelloMessage, isRoomName } from '@rtc-elements/protocol';

import type { Identify } from '../ports.js';
import type { Identity } from '../rules/admit.js';
import { digestId } from './digest-id.js';

/**
 * The user who holds `hello.key`. The digest cannot be reversed, so an id on the roster does not reveal
 * the key; and it differs from room to room, so nobody can be followed.
 */
export async function identifyByKey(
  room: string,
  hello: Pick<HelloMessage, 'key'>,
): Promise<Identity> {
  const user = await digestId(`${room}:${hello.key}`);
  return { user, role: null, name: null, can: null };
}

/**
 * The user that the `sub` of a token stands for. A subject in another form than ids have (an address,
 * `auth0|…`) becomes a digest, which also keeps addresses from the others in the room.
 */
export const userOf = async (subject: string): Promise<string> =>
  isRoomName(subject) ? subject : digestId(subject);

/**
 * Takes the identity that the edge has established. Without one, a room that asks for tokens rejects
 * everybody, in case a Worker other than ours did not check them.
 */
export const createIdentify =
  (asksForTokens: boolean): Identify =>
  async (room, hello, { identity }) => {
    if (identity) return identity;
    if (asksForTokens) throw new Error('no token was checked before this room');
    return identifyByKey(room, hello);
  };
