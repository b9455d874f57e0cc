/** What a stats report says about a transport, without addresses, ids or labels. */
import { selectedPair, type Stat } from '../call/stats/selected-pair.js';
import type { DiagnosticsFacts, TransportDiagnostics } from './diagnostics.js';
import { countWords, pickFacts } from './facts.js';

const TRANSPORT =
  'iceState dtlsState iceRole dtlsRole tlsVersion srtpCipher selectedCandidatePairChanges';
const PAIR = 'state currentRoundTripTime availableOutgoingBitrate bytesSent bytesReceived';
const CANDIDATE = 'candidateType protocol relayProtocol tcpType networkType';
const STREAM =
  'kind frameWidth frameHeight framesPerSecond frames packetsLost jitter nackCount pliCount firCount';
const SENT =
  'active targetBitrate qualityLimitationReason framesEncoded hugeFramesSent packetsSent bytesSent ' +
  'retransmittedPacketsSent encoderImplementation scalabilityMode';
const RECEIVED =
  'framesDecoded framesDropped freezeCount totalFreezesDuration packetsReceived bytesReceived ' +
  'concealedSamples audioLevel decoderImplementation';

type TransportFacts = Pick<
  TransportDiagnostics,
  'transport' | 'pair' | 'candidates' | 'sends' | 'receives'
>;

export function transportFacts(report: RTCStatsReport): TransportFacts {
  const stats = [...(report as ReadonlyMap<string, Stat>).values()];
  const ofType = (type: string): readonly Stat[] => stats.filter((stat) => stat.type === type);
  const get = (id: unknown): Stat => (report.get(String(id)) as Stat | undefined) ?? { type: '' };
  const pair = selectedPair(report);
  const streams = (type: string, keys: string): readonly DiagnosticsFacts[] =>
    ofType(type).map((stat) => ({
      ...pickFacts(stat, `${STREAM} ${keys}`),
      ...pickFacts(get(stat['codecId']), 'mimeType'),
    }));
  const count = (type: string): Readonly<Record<string, number>> =>
    countWords(
      ofType(type).map((stat) => `${String(stat['candidateType'])} ${String(stat['protocol'])}`),
    );
  return {
    transport: {
      ...pickFacts(ofType('transport')[0] ?? {}, TRANSPORT),
      ...pickFacts(pair ?? {}, PAIR),
    },
    pair: pair && {
      local: candidateFacts(get(pair['localCandidateId'])),
      remote: candidateFacts(get(pair['remoteCandidateId'])),
    },
    candidates: { local: count('local-candidate'), remote: count('remote-candidate') },
    sends: streams('outbound-rtp', SENT),
    receives: streams('inbound-rtp', RECEIVED),
  };
}

const candidateFacts = (stat: Stat): DiagnosticsFacts => ({
  ...pickFacts(stat, CANDIDATE),
  address: addressKind(stat['address']),
});

/**
 * Addresses of private networks (RFC 1918, 4193, 6598) and link-local ones, behind a NAT as a rule.
 */
const PRIVATE =
  /^(10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^(f[cd]|fe80)[0-9a-f:]*|^::1$/i;

/** An address can say who and where somebody is; to understand a path, its kind is enough. */
function addressKind(address: unknown): string {
  if (typeof address !== 'string' || address === '') return 'hidden';
  if (address.endsWith('.local')) return 'mDNS';
  const version = address.includes(':') ? 'IPv6' : 'IPv4';
  return PRIVATE.test(address) ? `private ${version}` : version;
}
