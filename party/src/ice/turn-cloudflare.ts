// Credentials for Cloudflare's TURN service, made by its API.
import { decodeIceServers, type IceServer } from '@rtc-elements/protocol';

import type { IssuedIceServers } from '../ports.js';
import type { CloudflareSettings } from '../config/turn-settings.js';

/** Short, because somebody is waiting for their `welcome`. */
const ANSWER_MS = 3_000;

/** Rejects if the API fails or answers in an unknown form. The error does not contain the key. */
export async function issueByCloudflare(settings: CloudflareSettings): Promise<IssuedIceServers> {
  const { keyId, keyToken, apiUrl, ttlSeconds } = settings;
  const path = `/v1/turn/keys/${keyId}/credentials/generate-ice-servers`;
  const response = await fetch(new URL(path, apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${keyToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ttl: ttlSeconds }),
    // A redirect would take the token to another server.
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  if (!response.ok) throw new Error(`the TURN service answered ${response.status}`);
  const { iceServers } = await response.json<{ readonly iceServers?: unknown }>();
  const decoded = decodeIceServers(Array.isArray(iceServers) ? iceServers : [iceServers]);
  if (!decoded.ok) throw new Error(`the TURN service sent no servers: ${decoded.fault.detail}`);
  const usable = decoded.message.map(withoutPort53).filter(({ urls }) => urls.length > 0);
  return { iceServers: usable, ttlMs: ttlSeconds * 1_000 };
}

/** Browsers block port 53, so a server there would only cost them time. */
const withoutPort53 = (server: IceServer): IceServer => ({
  ...server,
  urls: server.urls.filter((url) => !/:53(\?|$)/.test(url)),
});
