// What the findings of a network check mean for a call.
import type {
  NetworkProblem,
  NetworkReport,
  RelayReach,
  RoomReach,
  ServerReach,
} from './network-report.js';

export interface Findings {
  readonly room: RoomReach;
  readonly servers: readonly ServerReach[];
  readonly relay: RelayReach | null;
}

type Verdict = Pick<NetworkReport, 'quality' | 'problem'>;

/** A voice and a small face take 250 kbit/s each way; both ends of the measure are ours. */
const SLOW_BPS = 500_000;
/** A voice, and no face. */
const TOO_SLOW_BPS = 100_000;
/** As of links (`judge-link`). */
const LATE_MS = 500;

const poor = (problem: NetworkProblem): Verdict => ({ quality: 'poor', problem });
const fair = (problem: NetworkProblem): Verdict => ({ quality: 'fair', problem });

/** The worst first. */
export function judgeNetwork({ room, servers, relay }: Findings): Verdict {
  if (!room.isReachable) return poor('room-unreachable');
  const reached = servers.filter(({ isReachable }) => isReachable);
  const relays = servers.filter(({ kind }) => kind === 'turn');
  const isRefused = relays.some(({ problem }) => problem === 'refused');
  if (servers.length > 0 && reached.length === 0 && !isRefused) return poor('no-path');
  if (relay && relay.bps < TOO_SLOW_BPS) return poor('slow');
  if (relays.length > 0 && !relay) return fair(isRefused ? 'relay-refused' : 'relay-unreachable');
  if (isUdpBlocked(servers)) return fair('udp-blocked');
  const isLate = [room.rttMs, relay?.rttMs].some((ms) => (ms ?? 0) > LATE_MS);
  if (isLate || (relay && relay.bps < SLOW_BPS)) return fair('slow');
  return { quality: 'good', problem: null };
}

function isUdpBlocked(servers: readonly ServerReach[]): boolean {
  const byUdp = servers.filter(({ transport }) => transport === 'udp');
  return byUdp.length > 0 && byUdp.every(({ isReachable }) => !isReachable);
}
