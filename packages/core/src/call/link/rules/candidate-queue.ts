/**
 * Holds a peer's candidates until its description has been applied: before, browsers refuse them.
 */
import type { Candidate } from '@rtc-elements/protocol';

/** No browser sends more than this before its description. */
const MAX_HELD = 256;

export class CandidateQueue {
  #held: Candidate[] = [];
  #open = false;

  /** Returns the candidates to add now: all of these, or none yet. */
  take(candidates: readonly Candidate[]): readonly Candidate[] {
    if (this.#open) return candidates;
    this.#held.push(...candidates.slice(0, MAX_HELD - this.#held.length));
    return [];
  }

  /** The description has been applied; returns the candidates that were held. */
  open(): readonly Candidate[] {
    this.#open = true;
    const held = this.#held;
    this.#held = [];
    return held;
  }
}
