/** Gathers `Room.diagnostics()`. */
import { PROTOCOL_VERSION } from '@rtc-elements/protocol';

import { mergeReports } from '../call/merge-reports.js';
import type { CallReport, TransportReport } from '../call/ports.js';
import type { DebugHost } from './ports.js';
import type { Clock } from '../ports.js';
import type { Peer, RoomState } from '../state/room-state.js';
import { inTime } from '../support/in-time.js';
import { CORE_VERSION } from '../version.js';
import { browserFacts } from './browser-facts.js';
import type {
  Diagnostics,
  PeerDiagnostics,
  SourceDiagnostics,
  TransportDiagnostics,
} from './diagnostics.js';
import { eventLogOf } from './event-log.js';
import { countWords, pickFacts } from './facts.js';
import { transportFacts } from './transport-facts.js';

const TRACK = 'readyState muted enabled contentHint';
const SETTINGS =
  'width height frameRate facingMode sampleRate channelCount echoCancellation noiseSuppression ' +
  'autoGainControl displaySurface';

/** How long the statistics of one connection may take, ms. */
const STATS_MS = 2_000;

export async function diagnose(host: DebugHost): Promise<Diagnostics> {
  const log = eventLogOf(host);
  const state = host.getSnapshot();
  const report = mergeReports(host.call()?.reports() ?? []);
  return {
    at: host.ports.clock.now(),
    versions: { core: CORE_VERSION, protocol: PROTOCOL_VERSION },
    browser: browserFacts(),
    room: roomFacts(state, host.signaling()),
    media: mediaFacts(host, state),
    transports: await Promise.all(
      report.transports.map((one, index) => diagnoseTransport(one, index, host.ports.clock)),
    ),
    peers: state.peers.map((peer) => diagnosePeer(log.nameOf(peer.session), peer, report)),
    events: log.events,
  };
}

const roomFacts = (
  state: RoomState,
  signaling: ReturnType<DebugHost['signaling']>,
): Diagnostics['room'] => ({
  connection: state.connection,
  left: state.left,
  problem: state.problem?.code ?? null,
  relayProblem: state.relayProblem?.code ?? null,
  role: state.you?.role ?? null,
  inCall: (state.you?.call ?? 0) > 0,
  peers: state.peers.length,
  clockOffsetMs: state.clockOffsetMs,
  chat: countWords(state.chat.entries.map(({ status }) => status)),
  features: signaling?.features ?? [],
  unknown: signaling?.unknown ?? 0,
});

function mediaFacts({ room }: DebugHost, { media }: RoomState): Diagnostics['media'] {
  const source = (name: 'microphone' | 'camera' | 'screen'): SourceDiagnostics => {
    const { status, problem } = media[name];
    const track = room.media.getTrack(name);
    return {
      status,
      problem: problem?.code ?? null,
      track: track && { ...pickFacts(track, TRACK), ...pickFacts(track.getSettings(), SETTINGS) },
    };
  };
  return {
    microphone: source('microphone'),
    camera: source('camera'),
    screen: source('screen'),
    devices: countWords(media.devices.map(({ kind }) => kind)),
  };
}

/** Ids may say who somebody is; numbers do not. */
const transportName = (index: number): string => `transport-${index + 1}`;

async function diagnoseTransport(
  { state, epoch, restarts, rebuilds, getStats }: TransportReport,
  index: number,
  clock: Clock,
): Promise<TransportDiagnostics> {
  // A connection that is being closed has no statistics. Firefox may never say so.
  const stats = await inTime(getStats(), STATS_MS, clock).catch((): RTCStatsReport => new Map());
  const name = transportName(index);
  return { name, state, epoch, restarts, rebuilds, ...transportFacts(stats) };
}

function diagnosePeer(name: string, { session, link }: Peer, report: CallReport): PeerDiagnostics {
  const { transport, features = null } =
    report.peers.find((peer) => peer.session === session) ?? {};
  const index = report.transports.findIndex(({ id }) => id === transport);
  return { name, ...link, transport: index < 0 ? null : transportName(index), features };
}
