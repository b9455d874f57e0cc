// What a room answers to a request that the edge let through, as a response.
import type { RoomPath } from '../front-desk.js';
import type { Room } from '../room.js';

/** `null`: the room has not woken, which no runtime is known to let a request see. */
export async function answerRequest(room: Room | null, request: Request): Promise<Response> {
  if (!room) return Response.json({ error: 'asleep', detail: 'try again' }, { status: 503 });
  // `/parties/room/<room>/<path>`, which the edge has made sure of.
  const path = new URL(request.url).pathname.split('/').slice(4).join('/') as RoomPath;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const text = isRead ? '' : await request.text();
  const answer = await room.request(isRead ? 'GET' : request.method, path, text);
  const headers = new Headers({ 'content-type': answer.type, 'cache-control': 'no-store' });
  if (answer.retryAfterS !== undefined) headers.set('retry-after', String(answer.retryAfterS));
  const body = answer.status === 204 ? null : answer.body;
  return new Response(body, { status: answer.status, headers });
}
