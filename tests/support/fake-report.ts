/** What a fake call reports: transports, whom each of them reaches, and statistics like a browser's. */
import type { Source } from '@rtc-elements/protocol';

import type { CallReport, TransportReport } from '../../packages/core/src/call/ports.js';

/** How the connections of a fake network do. */
export interface FakeConditions {
  /** Whether one transport carries everybody, as with a media server, or each peer has its own. */
  readonly transports: 'shared' | 'each';
  /** The share of packets lost of what a peer sends, 0 to 1 by session. Default 0. */
  readonly loss: ReadonlyMap<string, number>;
}

/** What is received, by session and source. */
type Received = ReadonlyMap<string, ReadonlyMap<Source, MediaStreamTrack>>;

/** Packets, bytes and frames of each stream between two readings. */
const PACKETS = 100;
const BYTES = 50_000;
const FRAMES = 10;

export interface FakeReport {
  readonly conditions: FakeConditions;
  readonly isOpen: boolean;
  readonly received: Received;
  /** Counts a reading of statistics and returns how many there were. */
  read(): number;
  /** Whether what this peer sends can be decoded. */
  canDecode(session: string): boolean;
}

export function fakeReport(report: FakeReport): CallReport {
  const { conditions, isOpen, received } = report;
  const isShared = conditions.transports === 'shared';
  const sessions = [...received.keys()];
  const groups = isShared
    ? [{ id: 'all', sessions }]
    : sessions.map((session) => ({ id: `to ${session}`, sessions: [session] }));
  return {
    transports: isOpen ? groups.map((group) => transportOf(group, report)) : [],
    peers: sessions.map((session) => ({
      session,
      transport: isShared ? 'all' : `to ${session}`,
      tracks: Object.fromEntries(
        [...(received.get(session) ?? [])].map(([source, { id }]) => [source, id]),
      ),
    })),
  };
}

interface Group {
  readonly id: string;
  readonly sessions: readonly string[];
}

const transportOf = ({ id, sessions }: Group, report: FakeReport): TransportReport => ({
  id,
  state: 'connected',
  epoch: 1,
  restarts: 0,
  rebuilds: 0,
  getStats: async () => {
    const count = report.read();
    const streams = sessions.flatMap((session) =>
      [...(report.received.get(session) ?? [])].map(([source, track]) => ({
        ...inbound(source, track, count, report.conditions.loss.get(session) ?? 0),
        framesDecoded: report.canDecode(session) ? count * FRAMES : 0,
      })),
    );
    const stats = [...pathStats(count), ...streams];
    return new Map(stats.map((stat) => [stat.id, stat]));
  },
});

/** The candidate pair in use. */
const pathStats = (count: number) => [
  {
    id: 'pair',
    type: 'candidate-pair',
    selected: true,
    localCandidateId: 'local',
    remoteCandidateId: 'remote',
    currentRoundTripTime: 0.02,
    bytesReceived: count * BYTES,
    bytesSent: count * BYTES,
  },
  { id: 'local', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
  { id: 'remote', type: 'remote-candidate', candidateType: 'host', protocol: 'udp' },
];

const inbound = (source: Source, { id }: MediaStreamTrack, count: number, loss: number) => {
  const isPicture = source === 'camera' || source === 'screen';
  return {
    id: `in-${id}`,
    type: 'inbound-rtp',
    kind: isPicture ? 'video' : 'audio',
    trackIdentifier: id,
    packetsReceived: count * PACKETS * (1 - loss),
    packetsLost: count * PACKETS * loss,
    bytesReceived: count * BYTES,
    ...(isPicture && { frameWidth: 640, frameHeight: 360, framesPerSecond: 30 }),
  };
};
