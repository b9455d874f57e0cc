/**
 * How good a link is, and why it is no better: a judgement over what statistics say of it and of our
 * other links. What comes of a judgement, and how soon, is in `settle`.
 */
import type { Quality, QualityReason } from '../../../state/room-state.js';

/** What one reading says of a link. */
export interface QualityFacts {
  readonly rttMs: number | null;
  /** Share of what should have come that was lost on the way, 0 to 1. */
  readonly lossIn: number;
  /** The same of what we sent, by their RTCP reports; `null`: they have not said. */
  readonly lossOut: number | null;
  /** What the line to them bears, bits per second, where that holds a picture back; else `null`. */
  readonly uplinkBps: number | null;
  /** Our processor holds a picture back. */
  readonly isProcessorShort: boolean;
  /** Share of the frames that arrived and were thrown away unseen, 0 to 1. */
  readonly dropped: number;
}

export interface Judgement {
  readonly quality: Quality;
  readonly reason: QualityReason | null;
}

/** From where on it is fair, and from where on poor. */
type Limits = readonly [fair: number, poor: number];

/** Opus hides single losses up to about 2 %; at 8 % its redundancy no longer does, and words go missing. */
const LOSS: Limits = [0.02, 0.08];

/**
 * ITU-T G.114: people do not notice 150 ms from mouth to ear, and cannot talk over 400 ms. Half of the
 * round trip is the way; devices and the jitter buffer take as much again.
 */
const RTT_MS: Limits = [250, 500];

/** A thumbnail and a voice take 150 kbit/s; a voice with the headers of its 50 packets a second takes 50. */
const UPLINK_BPS: Limits = [150_000, 50_000];

/** Of 30 frames a second, three missed are seen as a stutter; with ten it is no motion any more. */
const DROPPED: Limits = [0.1, 0.3];

/** From good to poor; a place in it is how bad something is. */
export const QUALITIES = ['good', 'fair', 'poor'] as const satisfies readonly Quality[];

/**
 * The judgement of one reading. With `slack` below 1 every limit is that much stricter. `others`: the
 * last facts of our other links, which tell whose line it is.
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
    uplinkBps === null ? 0 : badnessOfUplink(uplinkBps, slack),
  );
}

/** Here less is worse. */
const badnessOfUplink = (bps: number, slack: number): number => {
  const [fair, poor] = UPLINK_BPS;
  return bps < poor / slack ? 2 : bps < fair / slack ? 1 : 0;
};

function badnessOfProcessor(facts: QualityFacts, slack: number): number {
  // What was lost on the way leaves frames that cannot be shown: no fault of the processor.
  const isLossy = badness(facts.lossIn, LOSS, slack) > 0;
  const decoding = isLossy ? 0 : badness(facts.dropped, DROPPED, slack);
  // A picture that is made smaller is still a picture.
  return Math.max(decoding, facts.isProcessorShort ? 1 : 0);
}

/**
 * Whether our own line is fine. A bad one shows on most links; without other links, it is fine if what
 * we send arrives although what they send does not, as uplinks are the narrow half of most lines.
 */
function isTheirs(facts: QualityFacts, others: readonly QualityFacts[]): boolean {
  if (others.length > 0) {
    const fine = others.filter((other) => badnessOfNetwork(other, 1) === 0);
    return fine.length * 2 > others.length;
  }
  return facts.lossOut !== null && badnessOfNetwork({ ...facts, lossIn: 0 }, 1) === 0;
}
