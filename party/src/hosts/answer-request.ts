// What a room answers to a request that the edge let through, as a response.
import type { RoomPath } from '../room/http-handler.js';
import type { EdgeRoom } from '../room/edge-room.js';
import { noteOf } from '../edge/connection-note.js';

/** `null`: the room has not woken, which no runtime is known to let a request see. */
export async function answerRequest(room: EdgeRoom | null, request: Request): Promise<Response> {
  if (!room) return Response.json({ error: 'asleep', detail: 'try again' }, { status: 503 });
  // `/parties/room/<room>/<path>`, which the edge has made sure of.
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
