/** Gathers `Room.diagnostics()`. */
import { PROTOCOL_VERSION } from '@rtc-elements/protocol';

import type { DebugLink } from '../call/ports.js';
import type { DebugHost } from './ports.js';
import type { Peer, RoomState } from '../state/room-state.js';
import { CORE_VERSION } from '../version.js';
import { browserFacts } from './browser-facts.js';
import type { Diagnostics, LinkDiagnostics, SourceDiagnostics } from './diagnostics.js';
import { type EventLog, eventLogOf } from './event-log.js';
import { countWords, pickFacts } from './facts.js';
import { linkFacts } from './link-facts.js';

const TRACK = 'readyState muted enabled contentHint';
const SETTINGS =
  'width height frameRate facingMode sampleRate channelCount echoCancellation noiseSuppression ' +
  'autoGainControl displaySurface';

export async function diagnose(host: DebugHost): Promise<Diagnostics> {
  const log = eventLogOf(host);
  const state = host.getSnapshot();
  const links = host.call()?.background.module?.mesh.links;
  return {
    at: host.ports.clock.now(),
    versions: { core: CORE_VERSION, protocol: PROTOCOL_VERSION },
    browser: browserFacts(),
    room: roomFacts(state),
    media: mediaFacts(host, state),
    links: await Promise.all(
      state.peers.flatMap((peer) => {
        const link = links?.get(peer.session)?.link;
        return link ? [diagnoseLink(peer, link, log)] : [];
      }),
    ),
    events: log.events,
  };
}

const roomFacts = (state: RoomState): Diagnostics['room'] => ({
  connection: state.connection,
  left: state.left,
  problem: state.problem?.code ?? null,
  role: state.you?.role ?? null,
  inCall: (state.you?.call ?? 0) > 0,
  peers: state.peers.length,
  clockOffsetMs: state.clockOffsetMs,
  chat: countWords(state.chat.entries.map(({ status }) => status)),
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

async function diagnoseLink(
  { session, link: { status, path, quality, reason, stats } }: Peer,
  link: DebugLink,
  log: EventLog,
): Promise<LinkDiagnostics> {
  const { state } = link.health;
  // A connection that is being closed has no statistics.
  const report = await link.getStats().catch((): RTCStatsReport => new Map());
  return {
    peer: log.nameOf(session),
    status,
    path,
    quality,
    reason,
    stats,
    state,
    epoch: link.epoch,
    ...log.stepsOf(link),
    ...linkFacts(report),
  };
}
