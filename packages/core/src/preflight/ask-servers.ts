// Asks the room for the ICE servers of its welcome without joining (EN-9).
import { type AddressOptions, askForToken } from '../signaling/address.js';
import { type NetworkWorld, within } from './network-world.js';

/**
 * How long to wait for the room, ms. The room itself waits up to 3 s for the provider of its ICE credentials
 * and then answers without them.
 */
const ASK_MS = 4_000;

/**
 * Resolves with an empty list if the room gives none: it is too old to know the request, locked, busy or
 * unreachable.
 */
export async function askServers(
  options: AddressOptions,
  world: Pick<NetworkWorld, 'clock' | 'signal'>,
): Promise<readonly RTCIceServer[]> {
  const stop = new AbortController();
  try {
    const told = await within<readonly RTCIceServer[]>(ASK_MS, world, (settle) => {
      ask(options, stop.signal).then(settle, () => settle([]));
    });
    return told ?? [];
  } finally {
    stop.abort();
  }
}

async function ask(
  { url, token, tokenProvider }: AddressOptions,
  signal: AbortSignal,
): Promise<readonly RTCIceServer[]> {
  const pass = tokenProvider ? await askForToken(tokenProvider) : token;
  const headers: HeadersInit = pass ? { authorization: `Bearer ${pass}` } : {};
  const response = await fetch(`${url.replace(/^ws/, 'http')}/ice`, { signal, headers });
  const { iceServers } = (await response.json()) as { readonly iceServers?: unknown };
  // Each entry is checked later, together with the servers that the page provides.
  return Array.isArray(iceServers) ? (iceServers as readonly RTCIceServer[]) : [];
}
