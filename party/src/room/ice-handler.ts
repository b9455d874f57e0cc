/** Gives out ICE servers: to members anew (EN-8), and to who checks a network before entering (EN-9). */
import { createId, type IceGetMessage, TIMES } from '@rtc-elements/protocol';

import { jsonAnswer, refused, type RoomAnswer, tooOften } from './http-answer.js';
import type { AccessControl } from './access-control.js';
import type { RateLimiters } from './rate-limiters.js';
import type { Asker, IssuedIceServers, RoomConnection, RoomPorts } from '../ports.js';
import { post } from './send.js';
import type { Refuse } from './room-handler.js';
import { type Identity, turnedAway } from '../rules/admit.js';
import type { SessionRecord } from '../rules/room-book.js';

/** Who has not said hello has shown no key: in an open room all of them are one user, with one bucket. */
const WITHOUT_KEY = { key: '' };

export class IceHandler {
  readonly #ports: RoomPorts;
  readonly #door: AccessControl;
  readonly #meters: RateLimiters;
  readonly #refuse: Refuse;

  constructor(ports: RoomPorts, door: AccessControl, meters: RateLimiters, refuse: Refuse) {
    this.#ports = ports;
    this.#door = door;
    this.#meters = meters;
    this.#refuse = refuse;
  }

  /** To a member whose credentials end. */
  async renew(
    connection: RoomConnection,
    { user }: SessionRecord,
    { ref }: IceGetMessage,
  ): Promise<void> {
    const waitMs = this.#meters.take('grants', user, this.#ports.clock.now());
    if (waitMs > 0) {
      const fault = { code: 'rate-limited', detail: 'too many ICE servers', ref } as const;
      return this.#refuse(connection, fault, waitMs);
    }
    const grant = await this.#ports.iceGrants.grant(user, connection.note);
    post(connection, { type: 'ice', ref, ...asTold(grant) });
  }

  /** To a lobby: what a welcome would bring, for as long as a check takes. */
  async show(asker: Asker): Promise<RoomAnswer> {
    const { identify, iceGrants, clock, name } = this.#ports;
    const identity = await identify(name(), WITHOUT_KEY, asker).catch(() => null);
    // The server key opens the door, but is nobody.
    if (!identity) return refused(401, 'token-missing', 'ICE servers are for whom a token names');
    const refusal = this.#refusalOf(identity, clock.now());
    if (refusal) return refusal;
    // coturn counts by name (`user-quota`): strangers must not use up each other's share.
    const user = asker.identity ? identity.user : createId();
    return jsonAnswer(200, asTold(await iceGrants.grant(user, asker, TIMES.checkGrantMs)));
  }

  /** Whom the room would not let in does not get its servers either. */
  #refusalOf(identity: Identity, now: number): RoomAnswer | null {
    const away = turnedAway(this.#door.door, identity, now);
    if (away?.retryAfterMs !== undefined) return tooOften(away.fault.detail, away.retryAfterMs);
    if (away) return refused(403, away.fault.code, away.fault.detail);
    const waitMs = this.#meters.take('grants', identity.user, now);
    return waitMs > 0 ? tooOften('too many ICE servers', waitMs) : null;
  }
}

const asTold = ({
  iceServers,
  ttlMs,
}: IssuedIceServers): Pick<IssuedIceServers, 'iceServers'> & { iceTtlMs?: number } => ({
  iceServers,
  ...(ttlMs !== null && { iceTtlMs: ttlMs }),
});
