/** Handles requests for ICE servers: of members (EN-8), and of a lobby that checks its network (EN-9). */
import { type IceGetMessage, TIMES } from '@rtc-elements/protocol';

import type { Asker, IssuedIceServers, RoomConnection, RoomPorts } from '../ports.js';
import { checkAccess, type Identity } from '../rules/admit.js';
import type { SessionRecord } from '../rules/room-book.js';
import type { AccessControl } from './access-control.js';
import type { FaultHandler } from './fault-handler.js';
import { jsonAnswer, refused, type RoomAnswer, tooOften } from './http-answer.js';
import type { RateLimiters } from './rate-limiters.js';
import { send } from './send.js';

/** A lobby has shown no key yet, so in an open room all lobbies are one user and share one bucket. */
const WITHOUT_KEY = { key: '' };

export class IceHandler {
  readonly #ports: RoomPorts;
  readonly #accessControl: AccessControl;
  readonly #limiters: RateLimiters;
  readonly #faults: FaultHandler;

  constructor(
    ports: RoomPorts,
    accessControl: AccessControl,
    limiters: RateLimiters,
    faults: FaultHandler,
  ) {
    this.#ports = ports;
    this.#accessControl = accessControl;
    this.#limiters = limiters;
    this.#faults = faults;
  }

  /** Answers a member whose credentials are about to expire. Returns the size of the answer, in bytes. */
  async renew(
    connection: RoomConnection,
    { user }: SessionRecord,
    { ref }: IceGetMessage,
  ): Promise<number> {
    const waitMs = this.#limiters.take('iceServers', user, this.#ports.clock.now());
    if (waitMs > 0) {
      const fault = { code: 'rate-limited', detail: 'too many ICE servers', ref } as const;
      this.#faults.refuse(connection, fault, waitMs);
      return 0;
    }
    const issued = await this.#ports.iceServers.issue(user, connection.note);
    return send(connection, { type: 'ice', ref, ...toMessage(issued) });
  }

  /** Answers a lobby: the servers that `welcome` would bring, valid for as long as a check takes. */
  async answer(asker: Asker): Promise<RoomAnswer> {
    const { identify, iceServers, clock, name } = this.#ports;
    const identity = await identify(name(), WITHOUT_KEY, asker).catch(() => null);
    // The server key passes the edge, but it names no user.
    if (!identity) return refused(401, 'token-missing', 'ICE servers are for whom a token names');
    const refusal = this.#refuse(identity, clock.now());
    if (refusal) return refusal;
    const user = asker.identity ? identity.user : null;
    return jsonAnswer(
      200,
      toMessage(await iceServers.issue(user, asker, TIMES.checkCredentialsMs)),
    );
  }

  /** Whoever may not enter the room does not get its servers either. `null`: they do. */
  #refuse(identity: Identity, now: number): RoomAnswer | null {
    const denied = checkAccess(this.#accessControl.access, identity, now);
    if (denied?.retryAfterMs !== undefined) {
      return tooOften(denied.fault.detail, denied.retryAfterMs);
    }
    if (denied) return refused(403, denied.fault.code, denied.fault.detail);
    const waitMs = this.#limiters.take('iceServers', identity.user, now);
    return waitMs > 0 ? tooOften('too many ICE servers', waitMs) : null;
  }
}

const toMessage = ({
  iceServers,
  ttlMs,
}: IssuedIceServers): Pick<IssuedIceServers, 'iceServers'> & { iceTtlMs?: number } => ({
  iceServers,
  ...(ttlMs !== null && { iceTtlMs: ttlMs }),
});
