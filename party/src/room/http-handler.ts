/** What a room answers over HTTP, to a lobby and to the operator's backend (NO-1). */
import { createId, decodeNoticeRequest } from '@rtc-elements/protocol';

import { jsonAnswer, refused, type RoomAnswer, tooOften } from './http-answer.js';
import type { Metrics } from './metrics.js';
import type { AccessControl } from './access-control.js';
import type { HistoryStore } from '../storage/history-store.js';
import type { IceHandler } from './ice-handler.js';
import type { Roster } from './roster.js';
import type { RateLimiters } from './rate-limiters.js';
import type { Asker, RoomPorts } from '../ports.js';
import { isReachable, peopleOf } from '../rules/room-book.js';
import type { StateHandler } from './state-handler.js';

/** Below a room's address; the edge lets nothing else through. */
export type RoomPath = 'people' | 'ice' | 'notify' | 'status' | 'chat' | '';

/** A request that the edge let through. */
export interface RoomRequest {
  readonly method: string;
  readonly path: RoomPath;
  readonly body: string;
  readonly asker: Asker;
}

/** What it asks of the room it stands in. */
export interface HttpHandlerContext {
  readonly ports: RoomPorts;
  readonly members: Roster;
  readonly door: AccessControl;
  readonly history: HistoryStore;
  readonly state: StateHandler;
  readonly ice: IceHandler;
  readonly meters: RateLimiters;
  readonly counters: Metrics;
  readonly sockets: () => number;
  /** Puts everybody out and erases what is stored. */
  readonly erase: () => Promise<void>;
}

export class HttpHandler {
  readonly #side: HttpHandlerContext;

  constructor(side: HttpHandlerContext) {
    this.#side = side;
  }

  async answer({ method, path, body, asker }: RoomRequest): Promise<RoomAnswer> {
    switch (`${method} ${path}`) {
      case 'GET people':
        return jsonAnswer(200, peopleOf(this.#side.members.book));
      case 'GET ice':
        return this.#side.ice.show(asker);
      case 'GET status':
        return jsonAnswer(200, await this.#status());
      case 'GET chat':
        return this.#chat();
      case 'POST notify':
        return this.#notify(body);
      case 'DELETE ':
        await this.#side.erase();
        return { status: 204, body: '', type: 'text/plain' };
      default:
        return refused(404, 'not-found', 'a room answers people, ice, notify, status and chat');
    }
  }

  async #status(): Promise<object> {
    const { members, door, history, state, counters, sockets, ports } = this.#side;
    await history.load();
    const sessions = [...members.book.sessions.values()];
    return {
      room: ports.name(),
      members: sessions.length,
      reachable: sessions.filter(isReachable).length,
      inCall: sessions.filter(({ call }) => call > 0).length,
      sockets: sockets(),
      waiting: door.door.waiting.length,
      locked: door.door.locked,
      banned: door.door.banned.length,
      messages: history.count,
      stateKeys: state.size,
      ...counters.read(),
    };
  }

  async #chat(): Promise<RoomAnswer> {
    const messages = await this.#side.history.all();
    const lines = messages.map((message) => `${JSON.stringify(message)}\n`);
    return { status: 200, body: lines.join(''), type: 'application/x-ndjson' };
  }

  #notify(body: string): RoomAnswer {
    const { members, meters, counters, ports } = this.#side;
    const decoded = decodeNoticeRequest(body);
    if (!decoded.ok) return refused(400, decoded.fault.code, decoded.fault.detail);
    const now = ports.clock.now();
    const waitMs = meters.take('notices', '', now);
    if (waitMs > 0) return tooOften('too many notices to this room', waitMs);
    const { to, level = 'info', ...notice } = decoded.message;
    const reached = [...members.book.sessions.values()]
      .filter(isReachable)
      .filter(({ session, user }) => !to || to.includes(session) || to.includes(user))
      .map(({ session }) => session);
    const message = { type: 'notify', id: createId(), at: now, level, ...notice } as const;
    members.deliver({ to: reached, message });
    counters.count('notices');
    return jsonAnswer(202, { delivered: reached.length });
  }
}
