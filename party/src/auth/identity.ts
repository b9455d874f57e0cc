// Who somebody is: whom the token names, or in a room without tokens the browser that holds the key (EN-3).
import type { HelloMessage } from '@rtc-elements/protocol';

import type { Identify } from '../ports.js';
import type { Identity } from '../rules/admit.js';

/**
 * The user behind `hello.key`. One way only, so an id on the roster gives nobody the key; and one
 * id per room, so that nobody can be followed from room to room.
 */
export async function identifyByKey(
  room: string,
  hello: Pick<HelloMessage, 'key'>,
): Promise<Identity> {
  const bytes = new TextEncoder().encode(`${room}:${hello.key}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const base64 = btoa(String.fromCharCode(...digest));
  const user = base64.replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
  return { user, role: null, name: null, can: null };
}

/**
 * The edge's word where it has one. A room that asks for tokens takes nobody without it, should a
 * Worker other than ours have forgotten to check them.
 */
export const createIdentify =
  (asksForTokens: boolean): Identify =>
  async (room, hello, { identity }) => {
    if (identity) return identity;
    if (asksForTokens) throw new Error('no token was checked before this room');
    return identifyByKey(room, hello);
  };
