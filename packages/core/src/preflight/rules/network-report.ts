// What `checkNetwork()` finds out.
import type { Quality } from '../../state/room-state.js';

/** How the room itself can be reached. */
export interface RoomReach {
  readonly isReachable: boolean;
  /** From a ping on its socket to the answer; `null`: it closed before it answered, or never did. */
  readonly rttMs: number | null;
}

/** How one address of one ICE server can be reached. */
export interface ServerReach {
  /** As it was given, by the room or by the page. */
  readonly url: string;
  readonly kind: 'stun' | 'turn';
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly isReachable: boolean;
  /** Until it had told us an address: its name looked up, connected, and our pass checked. */
  readonly tookMs: number | null;
  /** `invalid`: no browser can use it as it is given. `refused`: it did not accept our pass. */
  readonly problem: 'invalid' | 'refused' | 'unreachable' | null;
}

/** What a relay bears: measured between two connections of this page, through the relay and back. */
export interface RelayReach {
  /** The address it was asked under. */
  readonly url: string;
  readonly rttMs: number;
  /** What came through, bits per second. */
  readonly bps: number;
}

/**
 * `room-unreachable`: nobody can be met. `no-path`: no server can be reached, so only people in the same
 * network can. `relay-refused`, `relay-unreachable`: people behind strict firewalls cannot be met.
 * `udp-blocked`: media has to take the way around, later than it could be. `slow`: the line bears little,
 * or answers late.
 */
export type NetworkProblem =
  'room-unreachable' | 'no-path' | 'relay-refused' | 'relay-unreachable' | 'udp-blocked' | 'slow';

export interface NetworkReport {
  readonly quality: Quality;
  /** The worst that was found; `null`: nothing. */
  readonly problem: NetworkProblem | null;
  readonly room: RoomReach;
  /** Those of the room, then those of the page; one for each address. */
  readonly servers: readonly ServerReach[];
  /** `null`: there is no relay, or nothing came through it. */
  readonly relay: RelayReach | null;
}
