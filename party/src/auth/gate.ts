// Whether the one who asks may: by the origin of the page, by a token, by the server key.
import type { Identity } from '../rules/admit.js';
import type { EdgeLog } from '../edge/log.js';
import { type EdgeRefusal, refusal } from '../edge/rules/refusal.js';
import { type Route, SOCKET } from '../edge/rules/routes.js';
import { isServerKey } from './server-key.js';
import type { CheckedSettings } from '../config/settings.js';
import { createTokenCheck, type TokenCheck } from './token-check.js';

export type Passage =
  | {
      readonly kind: 'passed';
      /** `null`: nobody in particular. */ readonly identity: Identity | null;
    }
  | { readonly kind: 'refused'; readonly refusal: EdgeRefusal };

/** The conditions of entry of one deployment. Without any of its settings it lets everybody pass. */
export class Gate {
  readonly #settings: CheckedSettings;
  readonly #checkToken: TokenCheck | null;

  constructor(settings: CheckedSettings, log: Pick<EdgeLog, 'error'>) {
    const { tokens } = settings.admission;
    this.#settings = settings;
    this.#checkToken = tokens ? createTokenCheck(tokens, log) : null;
  }

  /** What is decided without knowing who asks. */
  checkPage(request: Request): EdgeRefusal | null {
    if (this.#settings.isShut) {
      return refusal(503, 'misconfigured', 'a setting is wrong, so nobody may enter: see /health');
    }
    return this.allowsOrigin(request.headers.get('origin'))
      ? null
      : refusal(403, 'origin', 'pages of this origin may not connect');
  }

  /** Programs send no origin, or any that they like: the list protects people in browsers only. */
  allowsOrigin(origin: string | null): boolean {
    const { origins } = this.#settings.admission;
    return origin === null || origins === null || origins.includes(origin);
  }

  /** What a page of `origin` may read. */
  corsFor(origin: string | null): Readonly<Record<string, string>> {
    if (this.#settings.admission.origins === null) return { 'access-control-allow-origin': '*' };
    const allowed = origin !== null && this.allowsOrigin(origin);
    return { vary: 'origin', ...(allowed && { 'access-control-allow-origin': origin }) };
  }

  /** Lets somebody pass to a room, or says why not. */
  async admit(request: Request, room: string, route: Route): Promise<Passage> {
    const bearer = bearerOf(request);
    const isServer =
      route !== SOCKET && (await isServerKey(bearer, this.#settings.admission.serverKey));
    if (isServer) return { kind: 'passed', identity: null };
    if (route.guard === 'server') return { kind: 'refused', refusal: this.#refuseServer() };
    if (!this.#checkToken) return { kind: 'passed', identity: null };
    const token = bearer ?? new URL(request.url).searchParams.get('token');
    const verdict = await this.#checkToken(token, room);
    return verdict.kind === 'refused' ? verdict : { kind: 'passed', identity: verdict.identity };
  }

  #refuseServer(): EdgeRefusal {
    if (this.#settings.admission.serverKey === null) {
      return refusal(403, 'no-server-key', 'this deployment has no SERVER_KEY, so nobody may');
    }
    const challenge = { 'www-authenticate': 'Bearer' };
    return refusal(401, 'server-key', 'send the server key: Authorization: Bearer …', challenge);
  }
}

/** Of another scheme is not for us: a page behind a password sends such a header by itself. */
const bearerOf = (request: Request): string | null =>
  /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
