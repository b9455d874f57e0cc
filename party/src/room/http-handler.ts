/** Answers requests over HTTP, which come from a lobby or from the operator's backend (NO-1). */
import {
  createId,
  decodeNoticeRequest,
  decodeStateRequest,
  type FaultCode,
  TIMES,
} from '@rtc-elements/protocol';

import type { Asker, RoomPorts } from '../ports.js';
import { isReachable, peopleOf } from '../rules/room-book.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { AccessControl } from './access-control.js';
import type { Connections } from './connections.js';
import { jsonAnswer, refused, type RoomAnswer, tooOften } from './http-answer.js';
import type { IceHandler } from './ice-handler.js';
import type { Metrics } from './metrics.js';
import type { RateLimiters } from './rate-limiters.js';
import type { Roster } from './roster.js';
import type { StateHandler } from './state-handler.js';

/** The path below a room's address. The edge lets no other through. */
export type RoomPath = 'people' | 'ice' | 'notify' | 'state' | 'status' | 'chat' | '';

/** A request that the edge has let through. */
export interface RoomRequest {
  readonly method: string;
  readonly path: RoomPath;
  readonly body: string;
  readonly asker: Asker;
}

export interface HttpHandlerContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly roster: Roster;
  readonly accessControl: AccessControl;
  readonly history: HistoryStore;
  readonly state: StateHandler;
  readonly ice: IceHandler;
  readonly limiters: RateLimiters;
  readonly metrics: Metrics;
  /** Removes everybody and erases what is stored. */
  readonly eraseRoom: () => Promise<void>;
}

export class HttpHandler {
  readonly #context: HttpHandlerContext;

  constructor(context: HttpHandlerContext) {
    this.#context = context;
  }

  async answer({ method, path, body, asker }: RoomRequest): Promise<RoomAnswer> {
    const { accessControl, roster } = this.#context;
    switch (`${method} ${path}`) {
      case 'GET people':
        return jsonAnswer(200, {
          ...peopleOf(roster.book, accessControl.access.locked),
          meshMembers: this.#context.ports.settings.limits.meshMembers,
        });
      case 'GET ice':
        return this.#context.ice.answer(asker);
      case 'GET status':
        return jsonAnswer(200, await this.#status());
      case 'GET chat':
        return this.#chat();
      case 'POST notify':
        return this.#notify(body);
      case 'PUT state':
        return this.#putState(body);
      case 'DELETE ':
        await this.#context.eraseRoom();
        return { status: 204, body: '', type: 'text/plain' };
      default:
        return refused(
          404,
          'not-found',
          'a room answers people, ice, notify, state, status and chat',
        );
    }
  }

  async #status(): Promise<object> {
    const { roster, accessControl, connections, history, metrics, ports, state } = this.#context;
    await history.load();
    const { waiting, locked, banned } = accessControl.access;
    const sessions = [...roster.book.sessions.values()];
    return {
      room: ports.name(),
      members: sessions.length,
      reachable: sessions.filter(isReachable).length,
      inCall: sessions.filter(({ call }) => call > 0).length,
      sockets: connections.size,
      waiting: waiting.length,
      locked,
      banned: banned.length,
      messages: history.count,
      stateKeys: state.size,
      ...metrics.read(),
    };
  }

  async #chat(): Promise<RoomAnswer> {
    const { history, limiters, ports } = this.#context;
    const waitMs = limiters.take('exports', '', ports.clock.now());
    if (waitMs > 0) return tooOften('too many exports of this room', waitMs);
    // Before the answer begins: afterwards it can only break off.
    await history.load();
    return { status: 200, body: linesOf(history), type: 'application/x-ndjson' };
  }

  #notify(body: string): RoomAnswer {
    const { limiters, metrics, ports, roster } = this.#context;
    const decoded = decodeNoticeRequest(body);
    if (!decoded.ok) return refused(400, decoded.fault.code, decoded.fault.detail);
    const now = ports.clock.now();
    const waitMs = limiters.take('notices', '', now);
    if (waitMs > 0) return tooOften('too many notices to this room', waitMs);
    const { to, level = 'info', ...notice } = decoded.message;
    const reached = [...roster.book.sessions.values()]
      .filter(isReachable)
      .filter(({ session, user }) => !to || to.includes(session) || to.includes(user))
      .map(({ session }) => session);
    const message = { type: 'notify', id: createId(), at: now, level, ...notice } as const;
    roster.deliver({ to: reached, message });
    metrics.count('notices');
    return jsonAnswer(202, { delivered: reached.length });
  }

  async #putState(body: string): Promise<RoomAnswer> {
    const { limiters, ports, state } = this.#context;
    const decoded = decodeStateRequest(body);
    if (!decoded.ok) return refused(400, decoded.fault.code, decoded.fault.detail);
    const waitMs = limiters.take('statePuts', '', ports.clock.now());
    if (waitMs > 0) return tooOften('too many changes of the state of this room', waitMs);
    const change = await state.put(decoded.message);
    if (change.ok) return jsonAnswer(200, { rev: change.rev });
    const { code, detail } = change.fault;
    const answer = refused(PUT_STATUS[code] ?? 503, code, detail);
    if (answer.status !== 503) return answer;
    return { ...answer, retryAfterS: Math.ceil(TIMES.storeRetryMs / 1_000) };
  }
}

/** Of what cannot be set; everything else may succeed soon. */
const PUT_STATUS: Readonly<Partial<Record<FaultCode, number>>> = { conflict: 409, forbidden: 403 };

async function* linesOf(history: HistoryStore): AsyncGenerator<string> {
  for await (const messages of history.pages()) {
    yield messages.map((message) => `${JSON.stringify(message)}\n`).join('');
  }
}
