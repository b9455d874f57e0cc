// Whether a room can take one more socket, before it says anything (LI-5).
import { ADDRESS_LIMITS, LIMITS } from '@rtc-elements/protocol';

import type { ConnectionNote, RoomConnection, RoomPorts } from '../ports.js';
import { addressOf, subjectOf } from '../rules/counted-by.js';
import type { AccessControl } from './access-control.js';
import type { Connections } from './connections.js';
import type { RateLimiters } from './rate-limiters.js';

export interface CrowdingContext {
  readonly ports: RoomPorts;
  readonly connections: Connections;
  readonly accessControl: AccessControl;
  readonly limiters: RateLimiters;
}

/** Why a socket is refused, and when there may be room for it. */
export interface Crowding {
  readonly detail: string;
  readonly retryAfterMs: number;
}

/** Sockets that say nothing are gone after ten seconds; most of those that speak, after a moment. */
const RETRY_MS = 2_000;

const CROWDED = 'too many sockets of one address that have not joined';

/**
 * The same of a socket that had better not be taken at all: once taken, it stays until its client agrees to the close.
 * `null`: it may be taken.
 */
export function findCrowdingBefore(
  connections: Connections,
  note: ConnectionNote,
): Crowding | null {
  const address = addressOf(note);
  return address !== null && connections.countClosing(address) >= ADDRESS_LIMITS.pendingSockets
    ? { detail: CROWDED, retryAfterMs: RETRY_MS }
    : null;
}

/** `connection` is among the connections already. `null`: it may stay. */
export function findCrowding(
  { ports, connections, accessControl, limiters }: CrowdingContext,
  connection: RoomConnection,
): Crowding | null {
  const { note } = connection;
  const subject = subjectOf(note);
  const waitMs = subject === null ? 0 : limiters.take('joins', subject, note.openedAt);
  if (waitMs > 0) {
    return { detail: 'too many joins of one address or user', retryAfterMs: waitMs };
  }
  const isPending = (one: RoomConnection): boolean =>
    one.note.session === null && !accessControl.isWaiting(one);
  const address = addressOf(note);
  const pending =
    address === null
      ? 0
      : connections.countFrom(address, isPending) + connections.countClosing(address);
  if (pending > ADDRESS_LIMITS.pendingSockets) {
    return { detail: CROWDED, retryAfterMs: RETRY_MS };
  }
  // Also bounds the sockets that never say `hello`.
  if (connections.size > ports.settings.limits.members + LIMITS.members) {
    return { detail: 'too many sockets', retryAfterMs: RETRY_MS };
  }
  return null;
}
