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
  const { body: text, status } = answer;
  const content = typeof text === 'string' ? text : streamOf(text);
  return new Response(status === 204 ? null : content, { status, headers });
}

/** Asks for a part only when the client has taken the one before. */
function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = await iterator.next();
        if (part.done) controller.close();
        else controller.enqueue(encoder.encode(part.value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
