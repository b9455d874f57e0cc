/** Answers frames that the room refuses, and closes sockets that keep sending them (LI-4, UN-1). */
import { CLOSE, type CloseCode, type Fault, TIMES } from '@rtc-elements/protocol';

import type { RoomConnection, RoomPorts } from '../ports.js';
import type { AccessControl } from './access-control.js';
import type { Connections } from './connections.js';
import type { Metrics } from './metrics.js';
import type { RateLimiters } from './rate-limiters.js';
import type { Roster } from './roster.js';
import { send } from './send.js';

export interface FaultHandlerContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly roster: Roster;
  readonly accessControl: AccessControl;
  readonly limiters: RateLimiters;
  readonly metrics: Metrics;
}

/** Answers to requests that are in order. Each has cost its sender a message already. */
const ANSWERS: readonly Fault['code'][] = ['not-found', 'conflict', 'not-stored', 'unavailable'];

export class FaultHandler {
  readonly #context: FaultHandlerContext;

  constructor(context: FaultHandlerContext) {
    this.#context = context;
  }

  /** Answers with `error`. Too many faults are a flood. */
  refuse(connection: RoomConnection, fault: Fault, retryAfterMs?: number): void {
    const { limiters, ports } = this.#context;
    const isAnswer = ANSWERS.includes(fault.code);
    if (isAnswer || limiters.take('faults', connection.id, ports.clock.now()) === 0) {
      this.#sendError(connection, fault, retryAfterMs);
    } else this.endFlood(connection);
  }

  /**
   * Closes a socket that sends too much, and keeps its user out for a while, but not for as long as its session can be
   * resumed: a flood of messages must not end a call (LI-4).
   */
  endFlood(connection: RoomConnection): void {
    const { accessControl, metrics, ports, roster } = this.#context;
    const record = roster.recordOf(connection);
    if (record) accessControl.coolDown(record.user);
    metrics.count('floods');
    ports.log.warn('flood', { room: ports.name() });
    const flood = { code: 'rate-limited', detail: 'too much, too fast' } as const;
    this.turnAway(connection, flood, CLOSE.flood, TIMES.floodMs);
    if (record) roster.markLost(record);
  }

  /** Answers with `error`, and closes the socket with `code`. */
  turnAway(connection: RoomConnection, fault: Fault, code: CloseCode, retryAfterMs?: number): void {
    this.#sendError(connection, fault, retryAfterMs);
    this.#context.connections.close(connection, code, fault.code);
  }

  #sendError(connection: RoomConnection, fault: Fault, retryAfterMs?: number): void {
    this.#context.metrics.count('refusedFrames');
    const after = retryAfterMs === undefined ? {} : { retryAfterMs };
    send(connection, { type: 'error', ...fault, ...after });
  }
}
