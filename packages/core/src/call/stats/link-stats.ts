/**
 * Reads the stats report of one link: bit rates, loss, path, pictures, and the facts by which the
 * link is judged. No entry of a report is trusted to be there, or to be a sensible number.
 */
import type { QualityFacts } from './rules/judge-link.js';
import type { LinkPath, LinkStats, PictureStats } from '../../state/room-state.js';
import { selectedPair, type Stat } from './selected-pair.js';

/** Counters of one reading, by the id of their entry. The next reading is compared with them. */
export interface LinkTotals {
  readonly at: number;
  readonly counters: ReadonlyMap<string, number>;
}

export interface LinkReading {
  readonly path: LinkPath | null;
  readonly stats: LinkStats;
  readonly facts: QualityFacts;
  readonly totals: LinkTotals;
}

/** A finite number that is not negative; `null`: anything else. */
const measure = (stat: Stat | null | undefined, key: string): number | null => {
  const value = stat?.[key];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
};

const share = (part: number, rest: number): number => (part > 0 ? part / (part + rest) : 0);

/**
 * What the report says about the time since `before`. `tracks`: the ids of the peer's tracks, if others
 * are reached over the same transport; `null`: everything that it receives is theirs.
 */
export function readLink(
  report: RTCStatsReport,
  before: LinkTotals | null,
  now: number,
  tracks: ReadonlySet<string> | null = null,
): LinkReading {
  const counters = new Map<string, number>();
  /** How much a counter has grown; 0 for one that was reset or that is new. */
  const since = (stat: Stat | null, key: string): number => {
    const value = measure(stat, key);
    if (!stat || value === null) return 0;
    const name = `${String(stat['id'])} ${key}`;
    counters.set(name, value);
    return Math.max(0, value - (before?.counters.get(name) ?? value));
  };
  const pair = selectedPair(report);
  const { path, transport } = pathOf(report, pair);
  const incoming = ofType(report, 'inbound-rtp').filter(
    ({ trackIdentifier }) => !tracks || tracks.has(String(trackIdentifier)),
  );
  const outgoing = ofType(report, 'outbound-rtp');
  const sum = (stats: readonly Stat[], key: string): number =>
    stats.reduce((total, stat) => total + since(stat, key), 0);
  const seconds = before && now > before.at ? (now - before.at) / 1_000 : 1;
  const rate = (bytes: number): number => Math.round((bytes * 8) / seconds);
  const loss = share(sum(incoming, 'packetsLost'), sum(incoming, 'packetsReceived'));
  const lossOut = lossOfOurs(report, (stat) => since(stat, 'packetsSent'));
  const rttMs = roundTrip(report, pair);
  const stats: LinkStats = {
    rttMs,
    loss,
    lossOut,
    inBps: rate(tracks ? sum(incoming, 'bytesReceived') : since(pair, 'bytesReceived')),
    outBps: rate(since(pair, 'bytesSent')),
    transport,
    pictureIn: largest(incoming),
    pictureOut: largest(outgoing),
    codecs: codecsOf(report, [...incoming, ...outgoing]),
  };
  const dropped = share(sum(incoming, 'framesDropped'), sum(incoming, 'framesDecoded'));
  const facts = { rttMs, lossIn: loss, lossOut, dropped, ...limitsOf(outgoing, pair) };
  return { path, stats, facts, totals: { at: now, counters } };
}

function ofType(report: RTCStatsReport, type: string): Stat[] {
  const found: Stat[] = [];
  report.forEach((stat: Stat) => {
    if (stat.type === type) found.push(stat);
  });
  return found;
}

/** In ms; by the candidate pair or, where a browser reports none for pairs, by RTCP. */
function roundTrip(report: RTCStatsReport, pair: Stat | null): number | null {
  const told = ofType(report, 'remote-inbound-rtp').map((stat) => measure(stat, 'roundTripTime'));
  const seconds = measure(pair, 'currentRoundTripTime') ?? told.find(Boolean) ?? null;
  return seconds === null ? null : Math.round(seconds * 1_000);
}

/**
 * Each stream's loss is weighted by the packets sent in the meantime; one that sends nothing has
 * none.
 */
function lossOfOurs(report: RTCStatsReport, sentBy: (stat: Stat) => number): number | null {
  let sent = 0;
  let lost = 0;
  for (const told of ofType(report, 'remote-inbound-rtp')) {
    const stream = report.get(String(told['localId'])) as Stat | undefined;
    const fraction = measure(told, 'fractionLost');
    if (!stream || fraction === null || fraction > 1) continue;
    const packets = sentBy(stream);
    sent += packets;
    lost += packets * fraction;
  }
  return sent > 0 ? lost / sent : null;
}

/** What limits the pictures that we send. Firefox reports neither. */
function limitsOf(
  outgoing: readonly Stat[],
  pair: Stat | null,
): Pick<QualityFacts, 'uplinkBps' | 'isProcessorShort'> {
  const reasons = new Set(outgoing.map((stat) => stat['qualityLimitationReason']));
  return {
    // An estimate of 0 means that there is none yet.
    uplinkBps: reasons.has('bandwidth') ? measure(pair, 'availableOutgoingBitrate') || null : null,
    isProcessorShort: reasons.has('cpu'),
  };
}

function pathOf(
  report: RTCStatsReport,
  pair: Stat | null,
): { readonly path: LinkPath | null; readonly transport: LinkStats['transport'] } {
  if (!pair) return { path: null, transport: null };
  const [local, remote] = ['localCandidateId', 'remoteCandidateId'].map(
    (key) => report.get(String(pair[key])) as Stat | undefined,
  );
  const isRelay = (candidate?: Stat): boolean => candidate?.['candidateType'] === 'relay';
  const said = isRelay(local) ? local?.['relayProtocol'] : local?.['protocol'];
  return {
    path: isRelay(local) || isRelay(remote) ? 'relayed' : 'direct',
    transport: said === 'udp' || said === 'tcp' || said === 'tls' ? said : null,
  };
}

/** Ignores pictures that stand still or have not begun. */
function largest(streams: readonly Stat[]): PictureStats | null {
  let found: PictureStats | null = null;
  for (const stat of streams) {
    const [width, height] = [measure(stat, 'frameWidth'), measure(stat, 'frameHeight')];
    const fps = measure(stat, 'framesPerSecond');
    if (!width || !height || !fps) continue;
    if (found && width * height <= found.width * found.height) continue;
    found = { width, height, fps: Math.round(fps) };
  }
  return found;
}

/** MIME types without their kind: people know `video/VP8` as `VP8`. */
function codecsOf(report: RTCStatsReport, streams: readonly Stat[]): string[] {
  const names = streams.map((stat) => {
    const codec = report.get(String(stat['codecId'])) as Stat | undefined;
    return String(codec?.['mimeType'] ?? '').split('/')[1];
  });
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}
