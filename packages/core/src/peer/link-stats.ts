/** Reads one link's stats report: pace, loss, path and how good that is. */
import type { LinkPath, LinkStats, Quality } from '../state/room-state.js';
import { selectedPair, type Stat } from './quirks.js';

/** Running totals at one moment, from which the next reading takes its differences. */
export interface LinkTotals {
  readonly at: number;
  readonly received: number;
  readonly lost: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface LinkReading {
  readonly path: LinkPath | null;
  readonly stats: LinkStats;
  readonly totals: LinkTotals;
}

const number = (stat: Stat | null | undefined, key: string): number => {
  const value = stat?.[key];
  return typeof value === 'number' ? value : 0;
};

/** What the report says of the time since `before`. */
export const readLink = (
  report: RTCStatsReport,
  before: LinkTotals | null,
  now: number,
): LinkReading => {
  const pair = selectedPair(report);
  let received = 0;
  let lost = 0;
  report.forEach((stat: Stat) => {
    if (stat.type !== 'inbound-rtp') return;
    received += number(stat, 'packetsReceived');
    lost += number(stat, 'packetsLost');
  });
  const totals: LinkTotals = {
    at: now,
    received,
    lost,
    bytesIn: number(pair, 'bytesReceived'),
    bytesOut: number(pair, 'bytesSent'),
  };
  return { path: pathOf(report, pair), stats: difference(totals, before ?? totals, pair), totals };
};

/** Counters begin anew with a new connection; a difference below zero is none. */
const since = (now: number, before: number): number => Math.max(0, now - before);

function difference(now: LinkTotals, before: LinkTotals, pair: Stat | null): LinkStats {
  const seconds = since(now.at, before.at) / 1_000 || 1;
  const lost = since(now.lost, before.lost);
  const expected = lost + since(now.received, before.received);
  const rtt = pair?.['currentRoundTripTime'];
  return {
    rttMs: typeof rtt === 'number' ? Math.round(rtt * 1_000) : null,
    loss: expected === 0 ? 0 : lost / expected,
    inBps: Math.round((since(now.bytesIn, before.bytesIn) * 8) / seconds),
    outBps: Math.round((since(now.bytesOut, before.bytesOut) * 8) / seconds),
  };
}

function pathOf(report: RTCStatsReport, pair: Stat | null): LinkPath | null {
  if (!pair) return null;
  const relayed = ['localCandidateId', 'remoteCandidateId'].some((key) => {
    const candidate = report.get(String(pair[key])) as Stat | undefined;
    return candidate?.['candidateType'] === 'relay';
  });
  return relayed ? 'relayed' : 'direct';
}

const RANK: readonly Quality[] = ['poor', 'fair', 'good'];

/** As an index of `RANK`; the limits are stricter with less `slack`. */
const rank = ({ loss, rttMs }: LinkStats, slack: number): number => {
  const exceeds = (maxLoss: number, maxRtt: number): boolean =>
    loss > maxLoss * slack || (rttMs ?? 0) > maxRtt * slack;
  if (exceeds(0.08, 500)) return 0;
  return exceeds(0.02, 250) ? 1 : 2;
};

/** Falls at the limits and rises only well inside them, so that the mark does not flicker. */
export const judgeQuality = (stats: LinkStats, before: Quality | null): Quality => {
  const held = before === null ? 2 : RANK.indexOf(before);
  return RANK[Math.min(rank(stats, 1), Math.max(rank(stats, 0.7), held))] ?? 'good';
};
