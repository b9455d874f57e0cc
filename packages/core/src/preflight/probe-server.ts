// Tests whether one URL of an ICE server can be reached, by using it as a call would.
import {
  type RelayProblemCode,
  relayProblemOf,
  worstRelayProblem,
} from '../state/relay-problems.js';
import type { ServerReach } from './rules/network-report.js';
import { type NetworkWorld, within } from './network-world.js';

/**
 * How long a server may take, ms. Chromium retries a STUN server for 9.5 s, but a server that takes longer
 * than this is of no use to a call either.
 */
const SERVER_MS = 5_000;

/** One URL of an ICE server, with its credentials. */
export interface OneServer extends RTCIceServer {
  readonly urls: string;
}

type Answer = Pick<ServerReach, 'isReachable' | 'tookMs' | 'problem'>;

const failed = (problem: NonNullable<ServerReach['problem']>): Answer => ({
  isReachable: false,
  tookMs: null,
  problem,
});

/** What each answer of a TURN server means here. */
const PROBLEMS: Readonly<Record<RelayProblemCode, NonNullable<ServerReach['problem']>>> = {
  'turn-refused': 'refused',
  'turn-forbidden': 'refused',
  'turn-quota': 'full',
  'turn-capacity': 'full',
  'turn-unreachable': 'unreachable',
  'turn-missing': 'unreachable',
};

export async function probeServer(server: OneServer, world: NetworkWorld): Promise<ServerReach> {
  const description = describe(server.urls);
  return { ...description, ...(await ask(server, description.kind, world)) };
}

const describe = (url: string): Pick<ServerReach, 'url' | 'kind' | 'transport'> => ({
  url,
  kind: /^turns?:/i.test(url) ? 'turn' : 'stun',
  transport: /^(turns|stuns):/i.test(url) ? 'tls' : /[?&]transport=tcp/i.test(url) ? 'tcp' : 'udp',
});

async function ask(
  server: OneServer,
  kind: ServerReach['kind'],
  world: NetworkWorld,
): Promise<Answer> {
  let link: RTCPeerConnection;
  try {
    link = world.createPeerConnection({
      iceServers: [server],
      iceTransportPolicy: kind === 'turn' ? 'relay' : 'all',
    });
  } catch {
    return failed('invalid');
  }
  try {
    const wanted = kind === 'turn' ? ' typ relay' : ' typ srflx';
    return (
      (await within<Answer>(SERVER_MS, world, gather(link, wanted, world))) ?? failed('unreachable')
    );
  } finally {
    link.close();
  }
}

/** Gathers candidates until one arrives that only the server can have provided. */
const gather =
  (link: RTCPeerConnection, wanted: string, { clock }: NetworkWorld) =>
  (settle: (answer: Answer) => void): void => {
    const startedAt = clock.now();
    const found = (): void =>
      settle({ isReachable: true, tookMs: clock.now() - startedAt, problem: null });
    const answers: RelayProblemCode[] = [];
    link.addEventListener('icecandidateerror', ({ errorCode }) => {
      answers.push(relayProblemOf(errorCode));
    });
    link.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate.includes(wanted)) return found();
      if (candidate?.candidate) return;
      // A machine with a public address learns no other address from STUN, so there is no such candidate.
      const isInTheOpen = wanted.endsWith('srflx') && answers.length === 0;
      if (isInTheOpen) found();
      else settle(failed(PROBLEMS[worstRelayProblem(answers) ?? 'turn-unreachable']));
    });
    link.createDataChannel('probe');
    link.setLocalDescription().catch(() => settle(failed('invalid')));
  };
