/**
 * Takes the frames of every socket. Decodes each one, and checks what has to hold before a handler sees
 * it: `hello` comes first (EN-3), rates (LI-4), costs (FL-3) and rights (MO-1).
 */
import {
  type ClientMessage,
  CLOSE,
  type Decoded,
  decodeClientMessage,
  HEARTBEAT_REPLY,
  utf8Length,
} from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import { isAllowed } from '../rules/permissions.js';
import { type RateName, rateOf, refOf } from '../rules/rate-limit.js';
import type { SessionRecord } from '../rules/room-book.js';
import type { AccessControl } from './access-control.js';
import type { Connections } from './connections.js';
import type { FaultHandler } from './fault-handler.js';
import type { JoinHandler } from './join-handler.js';
import type { MessageRouter } from './message-router.js';
import type { MeteredConnection } from './metered-connection.js';
import type { Metrics } from './metrics.js';
import type { RateLimiters } from './rate-limiters.js';
import type { Roster } from './roster.js';

export interface FrameIntakeContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly roster: Roster;
  readonly accessControl: AccessControl;
  readonly limiters: RateLimiters;
  readonly metrics: Metrics;
  readonly faults: FaultHandler;
  readonly join: JoinHandler;
  readonly router: MessageRouter;
}

/** A frame that was decoded, and its size in bytes. */
export interface Frame {
  readonly decoded: Decoded<ClientMessage>;
  readonly bytes: number;
}

export function readFrame(data: unknown): Frame {
  const decoded = decodeClientMessage(data);
  return { decoded, bytes: decoded.ok ? utf8Length(String(data)) : 0 };
}

/** Takes an `ack` that answers a mark (FL-1). `false` if the frame is none. */
export const isAcknowledged = (connection: MeteredConnection, { decoded }: Frame): boolean =>
  decoded.ok && decoded.message.type === 'ack' && connection.acknowledge(decoded.message.mark);

export class FrameIntake {
  readonly #context: FrameIntakeContext;

  constructor(context: FrameIntakeContext) {
    this.#context = context;
  }

  /** Handles one frame of the socket `id`. Returns a promise where that has to wait for something. */
  take(id: string, { decoded, bytes }: Frame): Promise<void> | undefined {
    const { connections, faults, roster } = this.#context;
    const connection = connections.get(id);
    if (!connection) return undefined;
    const record = roster.recordOf(connection);
    if (!record) return this.#takeFirst(connection, decoded);
    const work = decoded.ok
      ? this.#takeMessage(connection, record, { message: decoded.message, bytes })
      : faults.refuse(connection, decoded.fault);
    roster.broadcaster.settle();
    return work ?? undefined;
  }

  /** A frame of a socket without a session: `hello`, or the socket is closed (EN-3). */
  #takeFirst(
    connection: RoomConnection,
    decoded: Decoded<ClientMessage>,
  ): Promise<void> | undefined {
    const { accessControl, connections, faults, join } = this.#context;
    if (!decoded.ok) {
      const close = decoded.fault.code === 'too-big' ? CLOSE.tooBig : CLOSE.badMessage;
      faults.turnAway(connection, decoded.fault, close);
    } else if (decoded.message.type === 'ping') connection.send(HEARTBEAT_REPLY);
    else if (decoded.message.type === 'hello' && !accessControl.isWaiting(connection)) {
      return join.enter(connection, decoded.message, false);
    } else if (decoded.message.type === 'leave') {
      connections.close(connection, 1000, 'goodbye');
    } else {
      const detail = 'the first frame is hello, and then comes a welcome';
      faults.turnAway(connection, { code: 'out-of-order', detail }, CLOSE.badMessage);
    }
    return undefined;
  }

  /** A message of a member: handled if its rate, its cost and the member's rights allow it. */
  #takeMessage(
    connection: RoomConnection,
    record: SessionRecord,
    { message, bytes }: { readonly message: ClientMessage; readonly bytes: number },
  ): Promise<void> | void {
    const { faults, router } = this.#context;
    if (message.type === 'ack') {
      const detail = 'no such mark waits for an answer';
      return faults.refuse(connection, { code: 'out-of-order', detail });
    }
    const waitMs = this.#limit(record, message);
    const ref = refOf(message);
    if (waitMs > 0) {
      const fault = { code: 'rate-limited', detail: 'too much, too fast' } as const;
      return faults.refuse(connection, { ...fault, ...(ref && { ref }) }, waitMs);
    }
    if (!isAllowed(record, message)) {
      const fault = { code: 'forbidden', detail: `not for a ${record.role}` } as const;
      return faults.refuse(connection, { ...fault, ...(ref && { ref }) });
    }
    const sent = router.route(connection, record, message);
    const charge = (sentBytes: number): void =>
      this.#charge(record, message, Math.max(bytes, sentBytes));
    return typeof sent === 'number' ? charge(sent) : sent.then(charge);
  }

  /** 0 if the message is within the rates of its session and its user; otherwise how long to wait, in ms. */
  #limit({ session, user }: SessionRecord, message: ClientMessage): number {
    const rate = rateOf(message);
    if (!rate) return 0;
    const { limiters, metrics, ports } = this.#context;
    metrics.count(rate === 'signals' ? 'signals' : 'frames');
    const now = ports.clock.now();
    const keys = costsOf(rate, session, user);
    const owedMs = Math.max(...keys.map(([name, key]) => limiters.untilOne(name, key, now)));
    const waitMs = limiters.take(rate, session, now) || owedMs;
    if (waitMs > 0 || rate === 'signals') return waitMs;
    const userWaitMs = limiters.take('userMessages', user, now);
    return userWaitMs > 0 || message.type !== 'chat.search'
      ? userWaitMs
      : limiters.take('searches', user, now);
  }

  /** Counts what a message cost: itself, or what the room sent because of it, whichever is more (FL-3). */
  #charge({ session, user }: SessionRecord, message: ClientMessage, bytes: number): void {
    const { limiters, ports } = this.#context;
    const rate = rateOf(message);
    if (!rate) return;
    const now = ports.clock.now();
    for (const [name, key] of costsOf(rate, session, user)) limiters.charge(name, key, bytes, now);
  }
}

/** The buckets that a message of that rate is charged to. */
const costsOf = (
  rate: 'messages' | 'signals',
  session: string,
  user: string,
): readonly (readonly [RateName, string])[] =>
  rate === 'signals'
    ? [['signalBytes', session]]
    : [
        ['messageBytes', session],
        ['userMessageBytes', user],
      ];
