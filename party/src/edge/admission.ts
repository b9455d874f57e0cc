/**
 * What is checked before a room wakes (EN-1, EN-2): the size of the URL, the room's name on the path
 * as it came, the method, the origin, who asks, and the body. What passes goes on as a new, clean
 * request.
 */
import { LIMITS } from '@rtc-elements/protocol';

import { readJsonBody } from './body.js';
import { cleanRequest } from './forward.js';
import type { Gate } from '../auth/gate.js';
import { type EdgeRefusal, refusal } from './rules/refusal.js';
import { checkRoute, findRoute, PREFIX, type Route } from './rules/routes.js';

export type Admitted =
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal; readonly route: Route | null }
  /** A browser asks whether a page may ask. */
  | { readonly kind: 'preflight'; readonly route: Route }
  | { readonly kind: 'room'; readonly request: Request; readonly route: Route };

/** Whether a WebSocket is asked for. */
export const isUpgrade = (request: Request): boolean =>
  request.headers.get('upgrade')?.toLowerCase() === 'websocket';

/** Judges a request, and prepares it for its room. */
export async function admitRequest(request: Request, gate: Gate): Promise<Admitted> {
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
  const unfit = checkRoute(room, route, request.method) ?? gate.checkPage(request);
  if (unfit || !route) return refused(unfit ?? refusal(404, 'not-found', 'nothing is here'));
  if (request.method === 'OPTIONS') return { kind: 'preflight', route };
  const passage = await gate.admit(request, room, route);
  if (passage.kind === 'refused') return refused(passage.refusal);
  const body = route.hasBody ? await readJsonBody(request) : null;
  if (body?.kind === 'refused') return refused(body.refusal);
  const { identity } = passage;
  const forwarded = { room, route, identity, body: body?.text ?? null };
  return { kind: 'room', route, request: cleanRequest(request, forwarded) };
}
