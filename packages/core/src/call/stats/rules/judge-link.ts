/**
 * How good a link is, and why it is not better, judged by the statistics of it and of our other
 * links. `settle` decides when a judgement is shown.
 */
import type { Quality, QualityReason } from '../../../state/room-state.js';

/** What one reading says about a link. */
export interface QualityFacts {
  readonly rttMs: number | null;
  /** Share of the packets to us that was lost, 0 to 1. */
  readonly lossIn: number;
  /** The same of the packets that we sent, by their RTCP reports; `null`: there are none yet. */
  readonly lossOut: number | null;
  /** What the line to them carries, bits per second, if that limits a picture; else `null`. */
  readonly uplinkBps: number | null;
  /** Our processor limits a picture. */
  readonly isProcessorShort: boolean;
  /** Share of the frames that arrived and were dropped before they were shown, 0 to 1. */
  readonly dropped: number;
}

export interface Judgement {
  readonly quality: Quality;
  readonly reason: QualityReason | null;
}

/** The value above which it is fair, and the one above which it is poor. */
type Limits = readonly [fair: number, poor: number];

/** Opus conceals losses of up to about 2 %; at 8 % its redundancy fails and words are lost. */
const LOSS: Limits = [0.02, 0.08];

/**
 * ITU-T G.114: people do not notice 150 ms from mouth to ear, and cannot converse at more than 400
 * ms. Half of the round trip is the way there; devices and the jitter buffer take as much again.
 */
const RTT_MS: Limits = [250, 500];

/**
 * A thumbnail and a voice take 150 kbit/s; a voice alone, with the headers of its 50 packets a
 * second, takes 50.
 */
const UPLINK_BPS: Limits = [150_000, 50_000];

/**
 * The least that an ICE check takes on the wire, bits: 20 bytes of STUN header, 8 of UDP, 20 of IP, and 52 of
 * attributes (RFC 8445, section 7.1). A line of `bps` needs this / `bps` for it, so no round trip is shorter.
 */
const CHECK_BITS = 800;

/** Of 30 frames a second, three dropped are seen as a stutter; with ten, motion is gone. */
const DROPPED: Limits = [0.1, 0.3];

/** From good to poor; the index says how bad something is. */
export const QUALITIES = ['good', 'fair', 'poor'] as const satisfies readonly Quality[];

/**
 * The judgement of one reading. A `slack` below 1 makes every limit that much stricter. `others`:
 * the last facts of our other links, which tell whose line is at fault.
 */
export const judgeLink = (
  facts: QualityFacts,
  others: readonly QualityFacts[],
  slack = 1,
): Judgement => {
  const network = badnessOfNetwork(facts, slack);
  const processor = badnessOfProcessor(facts, slack);
  const badness = Math.max(network, processor);
  const quality = QUALITIES[badness] ?? 'poor';
  if (badness === 0) return { quality, reason: null };
  if (processor > network) return { quality, reason: 'cpu' };
  return { quality, reason: isTheirs(facts, others) ? 'far-end' : 'network' };
};

const badness = (value: number, [fair, poor]: Limits, slack: number): number =>
  value > poor * slack ? 2 : value > fair * slack ? 1 : 0;

function badnessOfNetwork(facts: QualityFacts, slack: number): number {
  const { lossIn, lossOut, rttMs, uplinkBps } = facts;
  return Math.max(
    badness(lossIn, LOSS, slack),
    badness(lossOut ?? 0, LOSS, slack),
    badness(rttMs ?? 0, RTT_MS, slack),
    uplinkBps === null || isStarved(facts) ? 0 : badnessOfUplink(uplinkBps, slack),
  );
}

/**
 * Whether the estimate of the uplink is below what the line shows to carry. A device that is too busy to send and
 * acknowledge in time looks like a narrow line to congestion control; the round trip of a check tells them apart.
 */
const isStarved = ({ uplinkBps, rttMs }: QualityFacts): boolean =>
  uplinkBps !== null && rttMs !== null && rttMs * uplinkBps < CHECK_BITS * 1_000;

/** Less is worse here. */
const badnessOfUplink = (bps: number, slack: number): number => {
  const [fair, poor] = UPLINK_BPS;
  return bps < poor / slack ? 2 : bps < fair / slack ? 1 : 0;
};

function badnessOfProcessor(facts: QualityFacts, slack: number): number {
  // Packet loss leaves frames that cannot be shown; that is no fault of the processor.
  const isLossy = badness(facts.lossIn, LOSS, slack) > 0;
  const decoding = isLossy ? 0 : badness(facts.dropped, DROPPED, slack);
  const isSendingLess = isStarved(facts) && badnessOfUplink(facts.uplinkBps ?? 0, slack) > 0;
  // A picture that is made smaller is still shown, so this is never poor.
  return Math.max(decoding, facts.isProcessorShort || isSendingLess ? 1 : 0);
}

/**
 * Whether our own line is fine. A bad one shows on most links. Without other links, ours is fine if
 * what we send arrives although what they send does not: uplinks are the narrow half of most lines.
 */
function isTheirs(facts: QualityFacts, others: readonly QualityFacts[]): boolean {
  if (others.length > 0) {
    const fine = others.filter((other) => badnessOfNetwork(other, 1) === 0);
    return fine.length * 2 > others.length;
  }
  return facts.lossOut !== null && badnessOfNetwork({ ...facts, lossIn: 0 }, 1) === 0;
}
