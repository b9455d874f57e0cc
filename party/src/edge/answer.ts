// What the edge answers by itself, and what it adds to the answers of rooms.
import { isUpgrade } from './admission.js';
import { answerSocket } from './early-hello.js';
import type { Gate } from '../auth/gate.js';
import type { EdgeRefusal } from './rules/refusal.js';
import type { Route } from './rules/routes.js';

/** A close reason has at most so many bytes; ours are ASCII. */
const REASON_LENGTH = 123;

/** Allows pages to read an answer, where the route is for them. */
export function corsOf(
  request: Request,
  route: Route | null,
  gate: Gate,
): Readonly<Record<string, string>> {
  return route?.isForPages ? gate.corsFor(request.headers.get('origin')) : {};
}

/** A refused handshake is invisible to a browser, so a socket is opened to say why (EN-4). */
export function answerRefusal(
  request: Request,
  { status, close, error, detail, headers }: EdgeRefusal,
  cors: Readonly<Record<string, string>>,
): Response {
  if (!isUpgrade(request)) {
    const all = { 'cache-control': 'no-store', ...headers, ...cors };
    return Response.json({ error, detail }, { status, headers: all });
  }
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(close, `${error}: ${detail}`.slice(0, REASON_LENGTH));
  return answerSocket(request, client);
}

/** Pages may ask, and send their token in a header. */
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

/** The answer of a room, as it leaves the edge. */
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
