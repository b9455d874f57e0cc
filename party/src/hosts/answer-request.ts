// Passes a request that the edge has let through to the room, and makes a response of its answer.
import type { RoomPath } from '../room/http-handler.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { noteOf } from '../edge/connection-note.js';

/** Rejects if the room cannot read or erase what it has stored. */
export async function answerRequest(room: EdgeRoom, request: Request): Promise<Response> {
  // The edge has made sure that this is `/parties/room/<room>/<path>`.
  const path = new URL(request.url).pathname.split('/').slice(4).join('/') as RoomPath;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const body = isRead ? '' : await request.text();
  const asker = noteOf(request.headers, Date.now());
  const answer = await room.request({ method: isRead ? 'GET' : request.method, path, body, asker });
  const headers = new Headers({ 'content-type': answer.type, 'cache-control': 'no-store' });
  if (answer.retryAfterS !== undefined) headers.set('retry-after', String(answer.retryAfterS));
  const text = answer.status === 204 ? null : answer.body;
  return new Response(text, { status: answer.status, headers });
}
