/**
 * Everything that is checked before a room wakes (EN-1, EN-2): the length of the URL, the room's name in
 * the undecoded path, the method, the origin, the token or key, and the body. A request that passes is
 * replaced by a new, clean one.
 */
import { LIMITS } from '@rtc-elements/protocol';

import type { AdmissionPolicy } from '../auth/admission-policy.js';
import { readJsonBody } from './body.js';
import { cleanRequest } from './forward.js';
import { type EdgeRefusal, refusal } from './rules/refusal.js';
import { checkRoute, findRoute, PREFIX, type Route } from './rules/routes.js';

export type Admitted =
  /** Not a path of any room. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal; readonly route: Route | null }
  /** A CORS preflight. */
  | { readonly kind: 'preflight'; readonly route: Route }
  /** Passed, with the clean request for the room. */
  | { readonly kind: 'room'; readonly request: Request; readonly route: Route };

/** Whether the request asks for a WebSocket. */
export const isUpgrade = (request: Request): boolean =>
  request.headers.get('upgrade')?.toLowerCase() === 'websocket';

/** Checks a request, and prepares it for its room. */
export async function admitRequest(request: Request, policy: AdmissionPolicy): Promise<Admitted> {
  const { pathname } = new URL(request.url);
  const isSocket = isUpgrade(request);
  if (!isSocket && !pathname.startsWith(PREFIX)) return { kind: 'elsewhere' };
  const { room, route } = findRoute(pathname, isSocket);
  const refused = (one: EdgeRefusal): Admitted => ({ kind: 'refused', refusal: one, route });

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
  const body = route.hasBody ? await readJsonBody(request) : null;
  if (body?.kind === 'refused') return refused(body.refusal);
  const { identity } = authorization;
  const forwarded = { room, route, identity, body: body?.text ?? null };
  return { kind: 'room', route, request: cleanRequest(request, forwarded) };
}
