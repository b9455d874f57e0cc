// The report of `checkNetwork()`.
import type { Quality } from '../../state/room-state.js';

/** Whether and how fast the room itself can be reached. */
export interface RoomReach {
  readonly isReachable: boolean;
  /** The time from a ping on its socket to the answer, ms; `null` if no answer arrived. */
  readonly rttMs: number | null;
}

/** Whether and how fast one URL of an ICE server can be reached. */
export interface ServerReach {
  /** As given by the room or by the page. */
  readonly url: string;
  readonly kind: 'stun' | 'turn';
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly isReachable: boolean;
  /**
   * The time until the server gave us an address, ms, including DNS, connecting and the check of our
   * credentials; `null` if it did not.
   */
  readonly tookMs: number | null;
  /**
   * `invalid`: the browser cannot use it as given. `refused`: it did not accept our credentials, or does
   * not serve us. `full`: a quota is used up, or it has no room for another relay. `unreachable`: it did
   * not answer. `null`: none.
   */
  readonly problem: 'invalid' | 'refused' | 'full' | 'unreachable' | null;
}

/** What a relay carries, measured through it between two connections of this page. */
export interface RelayReach {
  /** The URL that was used. */
  readonly url: string;
  /** The round trip through the relay, ms. */
  readonly rttMs: number;
  /** The throughput, bits per second. */
  readonly bps: number;
}

/**
 * - `room-unreachable`: no call is possible.
 * - `no-path`: no server can be reached, so calls work only with people in the same network.
 * - `relay-refused`, `relay-full`, `relay-unreachable`: calls with people behind strict firewalls fail.
 * - `udp-blocked`: media must go over TCP or TLS, with more delay.
 * - `slow`: the network has little bandwidth or a long round trip.
 */
export type NetworkProblem =
  | 'room-unreachable'
  | 'no-path'
  | 'relay-refused'
  | 'relay-full'
  | 'relay-unreachable'
  | 'udp-blocked'
  | 'slow';

/** The result of `checkNetwork()`. */
export interface NetworkReport {
  readonly quality: Quality;
  /** The worst problem found; `null` if there is none. */
  readonly problem: NetworkProblem | null;
  readonly room: RoomReach;
  /** One entry per URL: the servers of the room, then those of the page. */
  readonly servers: readonly ServerReach[];
  /** `null` if there is no relay, or nothing got through it. */
  readonly relay: RelayReach | null;
}
