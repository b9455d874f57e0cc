/**
 * The Worker that serves everything from one origin: rooms and their HTTP routes, `/health`, and the
 * static files of the deployment.
 */
import { routePartykitRequest } from 'partyserver';

import { type Deployment, startDeployment } from './config/deployment.js';
import { admitRequest } from './edge/admission.js';
import { answerFromRoom, answerPreflight, answerRefusal, corsOf } from './edge/answer.js';
import { answerHealth } from './edge/health.js';
import { createLog } from './edge/log.js';
import { unavailable } from './edge/rules/refusal.js';
import { AddressLimits } from './hosts/address-limits.js';
import { isolateLimits } from './hosts/isolate-limits.js';
import { PartyServerRoom, probeOf, type RoomEnv } from './hosts/partyserver-room.js';

/** The bindings of the deployment. */
export interface WorkerEnv extends RoomEnv {
  readonly Room: DurableObjectNamespace<PartyServerRoom>;
  readonly ASSETS?: Fetcher;
}

export { AddressLimits, PartyServerRoom };

/** An isolate has only one in practice. It is keyed by `env`, which the runtime passes to each request. */
const deployments = new WeakMap<WorkerEnv, Deployment>();

async function handle(
  request: Request,
  env: WorkerEnv,
  context: ExecutionContext,
): Promise<Response> {
  const deployment = deploymentOf(env);
  const { log, policy, settings } = deployment;
  const admitted = await admitRequest(request, deployment);
  if (admitted.kind === 'elsewhere') {
    if (new URL(request.url).pathname === '/health') {
      return answerHealth(settings.problems, await probeOf(env)());
    }
    return env.ASSETS ? env.ASSETS.fetch(request) : notFound();
  }
  const cors = corsOf(request, admitted.route, policy);
  if (admitted.kind === 'refused') {
    return answerRefusal(request, admitted.refusal, cors, admitted.address);
  }
  if (admitted.kind === 'preflight') return answerPreflight(admitted.route, cors);
  if (admitted.told) context.waitUntil(admitted.told);
  try {
    const response = await routePartykitRequest(admitted.request, { Room: env.Room });
    return response ? answerFromRoom(request, response, cors) : notFound();
  } catch (error) {
    // The room's object cannot be started, or was thrown away because a write failed.
    log.warn('room-unavailable', { error: String(error) });
    return answerRefusal(request, unavailable(Math.random()), cors);
  }
}

function deploymentOf(env: WorkerEnv): Deployment {
  const known = deployments.get(env);
  if (known) return known;
  const log = createLog(console, env.LOG === 'quiet');
  const deployment = startDeployment(env, isolateLimits(env, log), log);
  deployments.set(env, deployment);
  return deployment;
}

const notFound = (): Response =>
  Response.json({ error: 'not-found', detail: 'nothing is served here' }, { status: 404 });

// A Worker must have a default export.
export default { fetch: handle } satisfies ExportedHandler<WorkerEnv>;
