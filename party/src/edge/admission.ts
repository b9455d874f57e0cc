/**
 * Everything that is checked before a room wakes (EN-1, EN-2): the length of the URL, the room's name in
 * the undecoded path, the method, the origin, the token or key, the limits by address and user (LI-6), and the body.
 * A request that passes is replaced by a new, clean one.
 */
import { LIMITS } from '@rtc-elements/protocol';

import type { AdmissionPolicy } from '../auth/admission-policy.js';
import { digestId } from '../auth/digest-id.js';
import type { EdgeLimits, Verdict } from '../limits/edge-limits.js';
import type { LimitedRequest } from '../limits/rules/allowance.js';
import type { Identity } from '../rules/admit.js';
import { readJsonBody } from './body.js';
import type { AddressOf } from './client-address.js';
import { cleanRequest } from './forward.js';
import { isLoopbackHost } from './rules/loopback.js';
import { type EdgeRefusal, rateLimited, refusal } from './rules/refusal.js';
import { checkRoute, findRoute, PREFIX, type Route } from './rules/routes.js';

export type Admitted =
  /** Not a path of any room. */
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'refused';
      readonly refusal: EdgeRefusal;
      readonly route: Route | null;
      /** An id that stands for the client's network; `null` if it is not known. */
      readonly address: string | null;
    }
  /** A CORS preflight. */
  | { readonly kind: 'preflight'; readonly route: Route }
  /** Passed, with the clean request for the room. */
  | {
      readonly kind: 'room';
      readonly request: Request;
      readonly route: Route;
      /** Resolves once all isolates know of it; `null` if they need not. Nobody has to wait for it. Never rejects. */
      readonly told: Promise<void> | null;
    };

/** What the edge knows of the deployment. */
export interface EdgeContext {
  readonly policy: AdmissionPolicy;
  readonly addressOf: AddressOf;
  readonly limits: EdgeLimits;
}

/** Whether the request asks for a WebSocket. */
export const isUpgrade = (request: Request): boolean =>
  request.headers.get('upgrade')?.toLowerCase() === 'websocket';

/** Checks a request, and prepares it for its room. */
export async function admitRequest(request: Request, context: EdgeContext): Promise<Admitted> {
  const { policy, limits } = context;
  const { pathname } = new URL(request.url);
  const isSocket = isUpgrade(request);
  if (!isSocket && !pathname.startsWith(PREFIX)) return { kind: 'elsewhere' };
  const { room, route } = findRoute(pathname, isSocket);
  const address = await context.addressOf(request);
  const refused = (one: EdgeRefusal): Admitted => ({
    kind: 'refused',
    refusal: one,
    route,
    address,
  });

  if (request.url.length > LIMITS.urlLength) {
    return refused(
      refusal(414, 'url-too-long', `a URL has at most ${LIMITS.urlLength} characters`),
    );
  }
  const unfit = checkRoute(room, route, request.method) ?? policy.checkOrigin(request);
  if (unfit || !route) return refused(unfit ?? refusal(404, 'not-found', 'nothing is here'));
  if (request.method === 'OPTIONS') return { kind: 'preflight', route };
  const authorization = await policy.authorize(request, room, route);
  if (authorization.kind === 'refused') return refused(authorization.refusal);
  const { identity, isServer } = authorization;
  // The operator's own backend is no stranger, wherever it is.
  const verdict = isServer
    ? null
    : await askLimits(request, { limits, room, route, identity, address });
  if (verdict && verdict.waitMs > 0) {
    const whose = identity ? 'user' : 'network address';
    const detail = `too many requests of one ${whose}: try again later`;
    return refused(rateLimited(detail, verdict.waitMs, Math.random()));
  }
  const body = route.hasBody ? await readJsonBody(request) : null;
  if (body?.kind === 'refused') return refused(body.refusal);
  const refusals = limits.takeRefusals(room);
  const forwarded = { room, route, identity, address, refusals, body: body?.text ?? null };
  const told = verdict?.told ?? null;
  return { kind: 'room', route, request: cleanRequest(request, forwarded), told };
}

const LIMITED: Readonly<Partial<Record<Route['path'], LimitedRequest>>> = {
  socket: 'join',
  ice: 'ice',
  people: 'people',
};

interface Asking {
  readonly limits: EdgeLimits;
  readonly room: string;
  readonly route: Route;
  readonly identity: Identity | null;
  readonly address: string | null;
}

/** Whom a token names is counted by that, wherever they are; everybody else by their network. */
async function askLimits(
  request: Request,
  { limits, room, route, identity, address }: Asking,
): Promise<Verdict | null> {
  const limited = LIMITED[route.path];
  if (!limited) return null;
  const subject = identity ? await digestId(`user:${identity.user}`) : address;
  const isLocal = isLoopbackHost(new URL(request.url).hostname);
  return limits.take({ subject, request: limited, room, isLocal });
}
