// The request that a room gets: nothing of the client's query and headers but the handshake (EN-2).
import { createId, roomPath } from '@rtc-elements/protocol';

import type { Identity } from '../rules/admit.js';
import {
  ADDRESS_HEADER,
  IDENTITY_HEADER,
  LOCAL_HEADER,
  REFUSALS_HEADER,
  writeIdentity,
} from './connection-note.js';
import { isLoopbackHost } from './rules/loopback.js';
import { type Route, SOCKET } from './rules/routes.js';

const HANDSHAKE = [
  'upgrade',
  'connection',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
];

export interface Forwarded {
  readonly room: string;
  readonly route: Route;
  readonly identity: Identity | null;
  /** An id that stands for the client's network; `null` if it is not known. */
  readonly address: string | null;
  /** How many requests to the room were refused before this one, and not told it yet (LI-6). */
  readonly refusals: number;
  readonly body: string | null;
}

/** Copies only what is named here, so nothing else that the client sent reaches the room. */
export function cleanRequest(request: Request, forwarded: Forwarded): Request {
  const { room, route, identity, address, refusals, body } = forwarded;
  const { hostname, origin } = new URL(request.url);
  const url = new URL(roomPath(room), origin);
  const headers = new Headers();
  if (route === SOCKET) {
    url.searchParams.set('_pk', createId());
    for (const name of HANDSHAKE) {
      const value = request.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
  } else if (route.path !== '') url.pathname += `/${route.path}`;
  if (address !== null) headers.set(ADDRESS_HEADER, address);
  if (refusals > 0) headers.set(REFUSALS_HEADER, String(refusals));
  if (isLoopbackHost(hostname)) headers.set(LOCAL_HEADER, '1');
  if (identity) headers.set(IDENTITY_HEADER, writeIdentity(identity));
  return new Request(url, { method: request.method, headers, body });
}
