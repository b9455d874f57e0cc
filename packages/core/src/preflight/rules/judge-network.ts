// Judges what the findings of a network check mean for a call.
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

/** Voice and small video need 250 kbit/s each way, and both ends of the measurement are on this machine. */
const SLOW_BPS = 500_000;
/** Enough for voice, but not for video. */
const TOO_SLOW_BPS = 100_000;
/** The same limit as for links (`judge-link`), ms. */
const LATE_MS = 500;

const poor = (problem: NetworkProblem): Verdict => ({ quality: 'poor', problem });
const fair = (problem: NetworkProblem): Verdict => ({ quality: 'fair', problem });

/** Returns the worst problem found, with its quality. */
export function judgeNetwork({ room, servers, relay }: Findings): Verdict {
  if (!room.isReachable) return poor('room-unreachable');
  const reached = servers.filter(({ isReachable }) => isReachable);
  const relays = servers.filter(({ kind }) => kind === 'turn');
  const denial = relayDenial(relays);
  if (servers.length > 0 && reached.length === 0 && !denial) return poor('no-path');
  if (relay && relay.bps < TOO_SLOW_BPS) return poor('slow');
  if (relays.length > 0 && !relay) return fair(denial ?? 'relay-unreachable');
  if (isUdpBlocked(servers)) return fair('udp-blocked');
  const isLate = [room.rttMs, relay?.rttMs].some((ms) => (ms ?? 0) > LATE_MS);
  if (isLate || (relay && relay.bps < SLOW_BPS)) return fair('slow');
  return { quality: 'good', problem: null };
}

/** What relays said that answered and gave us nothing. */
function relayDenial(relays: readonly ServerReach[]): NetworkProblem | null {
  const said = (wanted: ServerReach['problem']): boolean =>
    relays.some(({ problem }) => problem === wanted);
  if (said('refused')) return 'relay-refused';
  return said('full') ? 'relay-full' : null;
}

function isUdpBlocked(servers: readonly ServerReach[]): boolean {
  const byUdp = servers.filter(({ transport }) => transport === 'udp');
  return byUdp.length > 0 && byUdp.every(({ isReachable }) => !isReachable);
}
