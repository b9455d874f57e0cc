// The answers of the edge itself, and what it adds to the answers of rooms.
import type { AdmissionPolicy } from '../auth/admission-policy.js';
import { isUpgrade } from './admission.js';
import { answerSocket } from './early-hello.js';
import { refuseSocket } from './refuse-socket.js';
import { RefusedSockets } from './refused-sockets.js';
import type { EdgeRefusal } from './rules/refusal.js';
import type { Route } from './rules/routes.js';

type Cors = Readonly<Record<string, string>>;

/** The CORS headers of an answer; none on routes that are not for pages. */
export function corsOf(request: Request, route: Route | null, policy: AdmissionPolicy): Cors {
  return route?.isForPages ? policy.corsFor(request.headers.get('origin')) : {};
}

/** One per isolate. */
const refusedSockets = new RefusedSockets();

/**
 * Refuses a request. Browsers hide why a handshake fails, so a socket opens and closes to say why (EN-4). `address`: an
 * id that stands for the client's network.
 */
export function answerRefusal(
  request: Request,
  refusal: EdgeRefusal,
  cors: Cors,
  address: string | null = null,
): Response {
  const end = isUpgrade(request) ? refusedSockets.open(address, Date.now()) : null;
  if (!end) return answerWithoutSocket(refusal, cors);
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.addEventListener('close', end);
  server.addEventListener('error', end);
  refuseSocket(server, refusal);
  return answerSocket(request, client);
}

/** The same as JSON, also for a socket: its connection ends by itself. */
export function answerWithoutSocket(refusal: EdgeRefusal, cors: Cors): Response {
  const { status, error, detail, headers, retry } = refusal;
  const after = retry && { 'retry-after': String(Math.ceil(retry.afterMs / 1_000)) };
  const all = { 'cache-control': 'no-store', ...headers, ...after, ...cors };
  return Response.json({ error, detail }, { status, headers: all });
}

/** Lets pages use the methods of a route, and send their token in a header. */
export const answerPreflight = ({ methods }: Route, cors: Cors): Response =>
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
export function answerFromRoom(request: Request, response: Response, cors: Cors): Response {
  if (response.webSocket) return answerSocket(request, response.webSocket);
  const answer = new Response(response.body, response);
  answer.headers.set('cache-control', 'no-store');
  for (const [name, value] of Object.entries(cors)) answer.headers.set(name, value);
  return answer;
}
