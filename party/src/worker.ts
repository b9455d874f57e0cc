/**
 * The Worker that serves everything from one origin: rooms, their people, health, and the static
 * files of the deployment.
 */
import { routePartykitRequest } from 'partyserver';

import { admitRequest } from './edge/admission.js';
import { answerFromRoom, answerPreflight, answerRefusal, corsOf } from './edge/answer.js';
import { type Deployment, startDeployment } from './config/deployment.js';
import { createLog } from './edge/log.js';
import { PartyServerRoom, type RoomEnv } from './hosts/partyserver-room.js';

/** What the deployment binds. */
export interface WorkerEnv extends RoomEnv {
  readonly Room: DurableObjectNamespace<PartyServerRoom>;
  readonly ASSETS?: Fetcher;
}

export { PartyServerRoom };

/** One per isolate in fact; keyed, as who brings the variables is not ours. */
const deployments = new WeakMap<WorkerEnv, Deployment>();

/** Answers one request. */
async function handle(request: Request, env: WorkerEnv): Promise<Response> {
  const { gate, settings } = deploymentOf(env);
  const admitted = await admitRequest(request, gate);
  if (admitted.kind === 'elsewhere') {
    if (new URL(request.url).pathname === '/health') return health(settings.problems);
    return env.ASSETS ? env.ASSETS.fetch(request) : notFound();
  }
  const cors = corsOf(request, admitted.route, gate);
  if (admitted.kind === 'refused') return answerRefusal(request, admitted.refusal, cors);
  if (admitted.kind === 'preflight') return answerPreflight(admitted.route, cors);
  const response = await routePartykitRequest(admitted.request, { Room: env.Room });
  return response ? answerFromRoom(request, response, cors) : notFound();
}

function deploymentOf(env: WorkerEnv): Deployment {
  const known = deployments.get(env);
  if (known) return known;
  const deployment = startDeployment(env, createLog(console, env.LOG === 'quiet'));
  deployments.set(env, deployment);
  return deployment;
}

const notFound = (): Response =>
  Response.json({ error: 'not-found', detail: 'nothing is served here' }, { status: 404 });

/** 200, or 503 with a sentence for each wrong setting. */
function health(problems: readonly string[]): Response {
  const isWell = problems.length === 0;
  const body = isWell ? { ok: true } : { ok: false, problems };
  const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
  return Response.json(body, { status: isWell ? 200 : 503, headers });
}

// The one default export of the project: a Worker must have it.
export default { fetch: handle } satisfies ExportedHandler<WorkerEnv>;
