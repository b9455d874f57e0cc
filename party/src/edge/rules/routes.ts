// The routes of a room, with the methods and rights that each needs. No GET changes anything.
import { isRoomName } from '@rtc-elements/protocol';

import { type EdgeRefusal, refusal } from './refusal.js';

export interface Route {
  /** The path after the room's name. */
  readonly path: 'socket' | 'people' | 'ice' | 'notify' | 'state' | 'status' | 'chat' | '';
  readonly methods: readonly string[];
  /** `member` needs a token, where rooms ask for one. `server` needs the server key. */
  readonly guard: 'member' | 'server';
  /** The request has a JSON body. */
  readonly hasBody?: boolean;
  /** Pages of other origins may read the answer. */
  readonly isForPages?: boolean;
}

export const SOCKET: Route = { path: 'socket', methods: ['GET'], guard: 'member' };

const READ = ['GET', 'HEAD'];
const ROUTES: readonly Route[] = [
  { path: 'people', methods: READ, guard: 'member', isForPages: true },
  // No HEAD: it would have credentials made that nobody reads.
  { path: 'ice', methods: ['GET'], guard: 'member', isForPages: true },
  { path: 'status', methods: READ, guard: 'server' },
  { path: 'chat', methods: READ, guard: 'server' },
  { path: 'notify', methods: ['POST'], guard: 'server', hasBody: true },
  { path: 'state', methods: ['PUT'], guard: 'server', hasBody: true },
  { path: '', methods: ['DELETE'], guard: 'server' },
];

export const PREFIX = '/parties/';

/** The room and route of an undecoded path: what a decoder would make of it does not count (EN-1). */
export function findRoute(
  pathname: string,
  isSocket: boolean,
): { readonly room: string; readonly route: Route | null } {
  const prefix = `${PREFIX}room/`;
  if (!pathname.startsWith(prefix)) return { room: '', route: null };
  const [room = '', ...rest] = pathname.slice(prefix.length).split('/');
  const isRoom = rest.length === 0;
  if (isSocket) return { room, route: isRoom ? SOCKET : null };
  // A slash after the room makes another path.
  const route = ROUTES.find(({ path }) => path === rest.join('/') && (path === '') === isRoom);
  return { room, route: route ?? null };
}

/** Refuses what is not a room, a route or one of its methods. */
export function checkRoute(room: string, route: Route | null, method: string): EdgeRefusal | null {
  if (!isRoomName(room)) {
    const detail = 'a room is /parties/room/<name>, a name 1 to 64 of A-Z a-z 0-9 _ -';
    return refusal(404, 'room-name', detail);
  }
  // A room itself can only be opened as a WebSocket.
  if (!route || (route.path === '' && READ.includes(method))) {
    return refusal(
      404,
      'not-found',
      'a room has a WebSocket, people, ice, notify, state, status and chat',
    );
  }
  if (route.methods.includes(method) || (route.isForPages && method === 'OPTIONS')) return null;
  const allow = route.methods.join(', ');
  return refusal(405, 'method', `use ${allow}`, { allow });
}
