// Credentials for a TURN server that shares a secret with us (coturn's `use-auth-secret`).
import type { IceServer } from '@rtc-elements/protocol';

import type { IssuedIceServers } from '../ports.js';
import type { CoturnSettings } from '../config/turn-settings.js';

/**
 * The username holds the expiry time and a name for the user, and the password is its HMAC, so the server can
 * check both on its own. It checks the time when a call begins, not during the call.
 */
export async function issueByCoturn(
  { urls, secret, ttlSeconds }: CoturnSettings,
  name: string,
  now: number,
): Promise<IssuedIceServers> {
  const username = `${Math.floor(now / 1_000) + ttlSeconds}:${name}`;
  const credential = await signSha1(secret, username);
  const isTurn = (url: string): boolean => url.startsWith('turn');
  const stun = urls.filter((url) => !isTurn(url));
  const iceServers: readonly IceServer[] = [
    ...(stun.length > 0 ? [{ urls: stun }] : []),
    { urls: urls.filter(isTurn), username, credential },
  ];
  return { iceServers, ttlMs: ttlSeconds * 1_000 };
}

/** Base64 of the HMAC. The scheme demands SHA-1, which is still safe in an HMAC. */
async function signSha1(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
