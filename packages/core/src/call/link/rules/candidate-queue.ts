/** Holds a peer's candidates until its description is there: browsers refuse them before. */
import type { Candidate } from '@rtc-elements/protocol';

/** More than this before a description is no browser's doing. */
const MAX_HELD = 256;

export class CandidateQueue {
  #held: Candidate[] = [];
  #open = false;

  /** The candidates to add now: these, or none yet. */
  take(candidates: readonly Candidate[]): readonly Candidate[] {
    if (this.#open) return candidates;
    this.#held.push(...candidates.slice(0, MAX_HELD - this.#held.length));
    return [];
  }

  /** The description is there: the candidates that waited for it. */
  open(): readonly Candidate[] {
    this.#open = true;
    const held = this.#held;
    this.#held = [];
    return held;
  }
}
