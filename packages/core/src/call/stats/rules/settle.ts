// Which judgement is shown: a worse one soon, a better one slowly, so that nothing flickers.
import type { Quality } from '../../../state/room-state.js';
import { type Judgement, judgeLink, type QualityFacts, QUALITIES } from './judge-link.js';

const SETTLE = {
  /**
   * How long readings are worse before that is shown, ms: one bad second, such as a Wi-Fi scan, is
   * not.
   */
  worseMs: 1_000,
  /**
   * How long readings are better before one step up, ms: about as long as people take to trust a
   * line again.
   */
  betterMs: 5_000,
  /** A reading is better only if it stays within this share of the limits. */
  slack: 0.7,
} as const;

export interface Settled extends Judgement {
  /**
   * In which direction readings have differed from what is shown, and since when; `null`: they
   * agree.
   */
  readonly turn: { readonly to: 'worse' | 'better'; readonly since: number } | null;
}

/** What is shown after another reading, at `now`. */
export function settle(
  before: Settled | null,
  facts: QualityFacts,
  others: readonly QualityFacts[],
  now: number,
): Settled {
  const seen = judgeLink(facts, others);
  if (!before) return { ...seen, turn: null };
  const to = direction(before, seen, judgeLink(facts, others, SETTLE.slack));
  if (!to) return { ...before, turn: null };
  const turn = before.turn?.to === to ? before.turn : { to, since: now };
  if (now - turn.since < SETTLE[`${to}Ms`]) return { ...before, turn };
  return { ...(to === 'worse' ? seen : oneBetter(before, seen)), turn: null };
}

const rank = ({ quality }: { readonly quality: Quality }): number => QUALITIES.indexOf(quality);

/** `seen`: judged by the limits. `strict`: judged by stricter ones. */
function direction(
  before: Judgement,
  seen: Judgement,
  strict: Judgement,
): 'worse' | 'better' | null {
  if (rank(seen) > rank(before)) return 'worse';
  // Equally bad for another reason is a change as well.
  if (rank(seen) === rank(before) && seen.reason !== before.reason) return 'worse';
  return rank(strict) < rank(before) ? 'better' : null;
}

/** One step at a time, each after `betterMs` of its own. */
const oneBetter = (before: Judgement, seen: Judgement): Judgement => {
  const quality = QUALITIES[rank(before) - 1] ?? 'good';
  return { quality, reason: quality === 'good' ? null : (seen.reason ?? before.reason) };
};
