// The servers that the room would name in its welcome, asked for before there is one (EN-9).
import { type AddressOptions, askForToken } from '../signaling/address.js';
import { type NetworkWorld, within } from './network-world.js';

/** A room waits 3 s for whoever makes its passwords, and then tells what it has without them. */
const ASK_MS = 4_000;

/** None when the room does not tell: older than the question, locked, busy, or out of reach. */
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
  // What is in it is judged one by one, as what the page names is.
  return Array.isArray(iceServers) ? (iceServers as readonly RTCIceServer[]) : [];
}
