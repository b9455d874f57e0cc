/**
 * What is checked before a room wakes (EN-1, EN-2): the room's name on the path as it came, the
 * method and the size of the URL. What passes goes on as a new, clean request. Checks of origin or
 * token are further {@link Check}s.
 */
import { CLOSE, createId, isRoomName, LIMITS } from '@rtc-elements/protocol';

import { ADDRESS_HEADER, LOCAL_HEADER } from './connection-note.js';

/** Why a request goes no further: an HTTP status, and for a WebSocket a close code (EN-4). */
export interface Refusal {
  readonly status: number;
  readonly close: number;
  readonly error: string;
  readonly detail: string;
}

/** One condition of entry; the first refusal counts. */
export type Check = (request: Request, room: string) => Promise<Refusal | null> | Refusal | null;

export type Admitted =
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'room'; readonly room: string; readonly request: Request };

const PREFIX = '/parties/';
const HANDSHAKE = [
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
];

const refused = (status: number, close: number, error: string, detail: string): Admitted => ({
  kind: 'refused',
  refusal: { status, close, error, detail },
});

/** Whether a WebSocket is asked for. */
export const isUpgrade = (request: Request): boolean =>
  request.headers.get('upgrade')?.toLowerCase() === 'websocket';

/** Judges a request, and prepares it for its room. */
export async function admitRequest(request: Request, checks: readonly Check[]): Promise<Admitted> {
  const url = new URL(request.url);
  const isSocket = isUpgrade(request);
  if (!isSocket && !url.pathname.startsWith(PREFIX)) return { kind: 'elsewhere' };
  if (request.url.length > LIMITS.urlLength) {
    const detail = `a URL has at most ${LIMITS.urlLength} characters`;
    return refused(414, CLOSE.tooBig, 'url-too-long', detail);
  }
  // The path as it came: what a decoder would make of it must not count (EN-1).
  const [room, rest, ...more] = roomSegments(url.pathname);
  if (room === undefined || !isRoomName(room)) {
    const detail = 'a room is /parties/room/<name>, a name 1 to 64 of A-Z a-z 0-9 _ -';
    return refused(404, CLOSE.room, 'room-name', detail);
  }
  if (isSocket ? rest !== undefined : rest !== 'people' || more.length > 0) {
    return refused(404, CLOSE.room, 'not-found', 'a room has a WebSocket, and GET people');
  }
  if (request.method !== 'GET' && (isSocket || request.method !== 'HEAD')) {
    return refused(405, CLOSE.badMessage, 'method', 'use GET');
  }
  for (const check of checks) {
    const refusal = await check(request, room);
    if (refusal) return { kind: 'refused', refusal };
  }
  return { kind: 'room', room, request: cleanRequest(request, url, room, rest) };
}

function roomSegments(pathname: string): string[] {
  const prefix = `${PREFIX}room/`;
  return pathname.startsWith(prefix) ? pathname.slice(prefix.length).split('/') : [];
}

/** Nothing of the client's query or headers goes on but the handshake itself (EN-2). */
function cleanRequest(request: Request, url: URL, room: string, rest: string | undefined): Request {
  const clean = new URL(`${PREFIX}room/${room}${rest === undefined ? '' : `/${rest}`}`, url.origin);
  const headers = new Headers();
  for (const name of HANDSHAKE) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (rest === undefined) clean.searchParams.set('_pk', createId());
  const address = request.headers.get('cf-connecting-ip');
  if (address !== null && !isLoopbackAddress(address)) headers.set(ADDRESS_HEADER, address);
  if (isLoopbackHost(url.hostname)) headers.set(LOCAL_HEADER, '1');
  return new Request(clean, { method: request.method, headers });
}

const isLoopbackAddress = (address: string): boolean =>
  address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  isLoopbackAddress(host);
