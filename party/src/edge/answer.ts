// The answers of the edge itself, and what it adds to the answers of rooms.
import { encode } from '@rtc-elements/protocol';

import type { AdmissionPolicy } from '../auth/admission-policy.js';
import { isUpgrade } from './admission.js';
import { answerSocket } from './early-hello.js';
import type { EdgeRefusal } from './rules/refusal.js';
import type { Route } from './rules/routes.js';

/** The most bytes that a close reason may have. Ours are ASCII. */
const REASON_LENGTH = 123;

/** The CORS headers of an answer; none on routes that are not for pages. */
export function corsOf(
  request: Request,
  route: Route | null,
  policy: AdmissionPolicy,
): Readonly<Record<string, string>> {
  return route?.isForPages ? policy.corsFor(request.headers.get('origin')) : {};
}

/** Refuses a request. Browsers hide why a handshake fails, so a socket opens and closes to say why (EN-4). */
export function answerRefusal(
  request: Request,
  { status, close, error, detail, headers, retry }: EdgeRefusal,
  cors: Readonly<Record<string, string>>,
): Response {
  if (!isUpgrade(request)) {
    const after = retry && { 'retry-after': String(Math.ceil(retry.afterMs / 1_000)) };
    const all = { 'cache-control': 'no-store', ...headers, ...after, ...cors };
    return Response.json({ error, detail }, { status, headers: all });
  }
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  if (retry) {
    server.send(encode({ type: 'error', code: retry.code, detail, retryAfterMs: retry.afterMs }));
  }
  server.close(close, `${error}: ${detail}`.slice(0, REASON_LENGTH));
  return answerSocket(request, client);
}

/** Lets pages use the methods of a route, and send their token in a header. */
export const answerPreflight = (
  { methods }: Route,
  cors: Readonly<Record<string, string>>,
): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '86400',
      ...cors,
    },
  });

/** Adds the headers with which a room's answer leaves the edge. */
export function answerFromRoom(
  request: Request,
  response: Response,
  cors: Readonly<Record<string, string>>,
): Response {
  if (response.webSocket) return answerSocket(request, response.webSocket);
  const answer = new Response(response.body, response);
  answer.headers.set('cache-control', 'no-store');
  for (const [name, value] of Object.entries(cors)) answer.headers.set(name, value);
  return answer;
}
