// What can be asked of a room, by whom, and by which methods. What changes something is never a GET.
import { isRoomName } from '@rtc-elements/protocol';

import { type EdgeRefusal, refusal } from './refusal.js';

export interface Route {
  /** What stands behind the room's name. */
  readonly path: 'socket' | 'people' | 'ice' | 'notify' | 'status' | 'chat' | '';
  readonly methods: readonly string[];
  /** `member`: with a token, where rooms ask for one. `server`: with the server key. */
  readonly guard: 'member' | 'server';
  /** JSON comes with it. */
  readonly hasBody?: boolean;
  /** Pages may read it. */
  readonly isForPages?: boolean;
}

export const SOCKET: Route = { path: 'socket', methods: ['GET'], guard: 'member' };

const READ = ['GET', 'HEAD'];
const ROUTES: readonly Route[] = [
  { path: 'people', methods: READ, guard: 'member', isForPages: true },
  // Not HEAD: credentials that nobody reads need not be made.
  { path: 'ice', methods: ['GET'], guard: 'member', isForPages: true },
  { path: 'status', methods: READ, guard: 'server' },
  { path: 'chat', methods: READ, guard: 'server' },
  { path: 'notify', methods: ['POST'], guard: 'server', hasBody: true },
  { path: '', methods: ['DELETE'], guard: 'server' },
];

export const PREFIX = '/parties/';

/** Room and route of a path, as it came: what a decoder would make of it must not count (EN-1). */
export function findRoute(
  pathname: string,
  isSocket: boolean,
): { readonly room: string; readonly route: Route | null } {
  const prefix = `${PREFIX}room/`;
  if (!pathname.startsWith(prefix)) return { room: '', route: null };
  const [room = '', ...rest] = pathname.slice(prefix.length).split('/');
  const isRoom = rest.length === 0;
  if (isSocket) return { room, route: isRoom ? SOCKET : null };
  // A room with a slash behind it is another path.
  const route = ROUTES.find(({ path }) => path === rest.join('/') && (path === '') === isRoom);
  return { room, route: route ?? null };
}

/** Whether there is such a room and route, and whether it knows the method. */
export function checkRoute(room: string, route: Route | null, method: string): EdgeRefusal | null {
  if (!isRoomName(room)) {
    const detail = 'a room is /parties/room/<name>, a name 1 to 64 of A-Z a-z 0-9 _ -';
    return refusal(404, 'room-name', detail);
  }
  // To GET a room is to open its WebSocket.
  if (!route || (route.path === '' && READ.includes(method))) {
    return refusal(
      404,
      'not-found',
      'a room has a WebSocket, people, ice, notify, status and chat',
    );
  }
  if (route.methods.includes(method) || (route.isForPages && method === 'OPTIONS')) return null;
  const allow = route.methods.join(', ');
  return refusal(405, 'method', `use ${allow}`, { allow });
}
