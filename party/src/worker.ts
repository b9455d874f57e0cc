/**
 * The Worker that serves everything from one origin: rooms, their people, health, and the static
 * files of the deployment.
 */
import { routePartykitRequest } from 'partyserver';

import { admitRequest, type Check, isUpgrade, type Refusal } from './edge/admission.js';
import { readSettings } from './edge/settings.js';
import { PartyServerRoom, type RoomEnv } from './hosts/partyserver-room.js';

/** What the deployment binds. */
export interface WorkerEnv extends RoomEnv {
  readonly Room: DurableObjectNamespace<PartyServerRoom>;
  readonly ASSETS?: Fetcher;
}

export { PartyServerRoom };

/** Conditions of entry beyond the path: none in an open deployment. */
const CHECKS: readonly Check[] = [];

const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

/** Answers one request. */
async function handle(request: Request, env: WorkerEnv): Promise<Response> {
  const admitted = await admitRequest(request, CHECKS);
  if (admitted.kind === 'refused') return refuse(request, admitted.refusal);
  if (admitted.kind === 'room') {
    const response = await routePartykitRequest(admitted.request, { Room: env.Room });
    return response ?? notFound();
  }
  if (new URL(request.url).pathname === '/health') return health(env);
  return env.ASSETS ? env.ASSETS.fetch(request) : notFound();
}

/** A refused handshake is invisible to a browser, so a socket is opened to say why (EN-4). */
function refuse(request: Request, { status, close, error, detail }: Refusal): Response {
  if (!isUpgrade(request))
    return Response.json({ error, detail }, { status, headers: OPEN_TO_ALL });
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(close, error);
  return new Response(null, { status: 101, webSocket: client });
}

const notFound = (): Response =>
  Response.json({ error: 'not-found', detail: 'nothing is served here' }, { status: 404 });

/** 200, or 503 with a sentence for each wrong setting. */
function health(env: WorkerEnv): Response {
  const { problems } = readSettings(env);
  const isWell = problems.length === 0;
  const body = isWell ? { ok: true } : { ok: false, problems };
  return Response.json(body, { status: isWell ? 200 : 503, headers: OPEN_TO_ALL });
}

// The one default export of the project: a Worker must have it.
export default { fetch: handle } satisfies ExportedHandler<WorkerEnv>;
