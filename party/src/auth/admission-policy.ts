// Who may send a request to a room: by the origin of the page, a token, or the server key.
import type { CheckedSettings } from '../config/settings.js';
import type { EdgeLog } from '../edge/log.js';
import { type EdgeRefusal, refusal } from '../edge/rules/refusal.js';
import { type Route, SOCKET } from '../edge/rules/routes.js';
import type { Identity } from '../rules/admit.js';
import { createTokenCheck, type TokenCheck } from './token-check.js';

export type Authorization =
  | {
      readonly kind: 'authorized';
      /** `null` if no token names anybody: in an open room, or with the server key. */
      readonly identity: Identity | null;
      /** It has the server key. */
      readonly isServer: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

/** The conditions of entry of one deployment. With none of its settings, everybody may enter. */
export class AdmissionPolicy {
  readonly #settings: CheckedSettings;
  readonly #checkToken: TokenCheck | null;

  constructor(settings: CheckedSettings, log: Pick<EdgeLog, 'error'>) {
    const { tokens } = settings.admission;
    this.#settings = settings;
    this.#checkToken = tokens ? createTokenCheck(tokens, log) : null;
  }

  /** Refuses pages of other origins, and everybody while the settings are wrong. */
  checkOrigin(request: Request): EdgeRefusal | null {
    if (this.#settings.isShut) {
      return refusal(503, 'misconfigured', 'a setting is wrong, so nobody may enter: see /health');
    }
    return this.allowsOrigin(request.headers.get('origin'))
      ? null
      : refusal(403, 'origin', 'pages of this origin may not connect');
  }

  /** Protects people in browsers only: programs send no origin, or any that they like. */
  allowsOrigin(origin: string | null): boolean {
    const { origins } = this.#settings.admission;
    return origin === null || origins === null || origins.includes(origin);
  }

  /** The CORS headers for a page of `origin`. */
  corsFor(origin: string | null): Readonly<Record<string, string>> {
    if (this.#settings.admission.origins === null) return { 'access-control-allow-origin': '*' };
    const allowed = origin !== null && this.allowsOrigin(origin);
    return { vary: 'origin', ...(allowed && { 'access-control-allow-origin': origin }) };
  }

  /** Checks the server key or the token of a request. */
  async authorize(request: Request, room: string, route: Route): Promise<Authorization> {
    const bearer = bearerOf(request);
    const isServer =
      route !== SOCKET && (await isServerKey(bearer, this.#settings.admission.serverKey));
    if (isServer) return { kind: 'authorized', identity: null, isServer };
    if (route.guard === 'server') return { kind: 'refused', refusal: this.#refuseServer() };
    if (!this.#checkToken) return { kind: 'authorized', identity: null, isServer };
    const token = bearer ?? new URL(request.url).searchParams.get('token');
    const verdict = await this.#checkToken(token, room);
    return verdict.kind === 'refused'
      ? verdict
      : { kind: 'authorized', identity: verdict.identity, isServer };
  }

  #refuseServer(): EdgeRefusal {
    if (this.#settings.admission.serverKey === null) {
      return refusal(403, 'no-server-key', 'this deployment has no SERVER_KEY, so nobody may');
    }
    const challenge = { 'www-authenticate': 'Bearer' };
    return refusal(401, 'server-key', 'send the server key: Authorization: Bearer …', challenge);
  }
}

/** Other schemes are ignored: a browser sends them by itself for a page behind a password. */
const bearerOf = (request: Request): string | null =>
  /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;

/** Compares digests, whose bytes an attacker cannot choose, so the time it takes reveals nothing. */
async function isServerKey(given: string | null, expected: string | null): Promise<boolean> {
  if (given === null || expected === null) return false;
  const [one, other] = await Promise.all([digestOf(given), digestOf(expected)]);
  return one.every((byte, index) => byte === other[index]);
}

const digestOf = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
