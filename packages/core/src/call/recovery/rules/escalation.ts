/** What to do, step by step, about a link that is sick: first restarts, then new connections. */

/** How often each step was tried since the link was last well. */
export interface Escalation {
  readonly restarts: number;
  readonly rebuilds: number;
}

/** `restart`: new ICE on the same connection. `rebuild`: a new connection under a new epoch. */
export type RecoveryStep = 'restart' | 'rebuild' | 'give-up';

export const RECOVERY = {
  /** A link that has been silent for less than this mostly comes back by itself, ms. */
  patienceMs: 3_000,
  /**
   * What a disconnected link is given all the same, ms: Chromium says so after more than 5 s of
   * silence, and may change to another path of its own at the same moment.
   */
  confirmMs: 500,
  /** Between the restart that a silence asked for and the next, if the link then disconnects, ms. */
  againMs: 1_500,
  /** What each step is given to bear fruit, ms. */
  deadlineMs: 10_000,
  /** What a link is given that was begun before any ICE server was known, ms. */
  earlyMs: 1_500,
  /** What a connected peer that should be sending may be silent, ms. */
  silenceMs: 3_000,
  /** Between restarts because the network came back, ms. */
  gapMs: 2_000,
  restarts: 3,
  rebuilds: 2,
} as const;

export const NO_ESCALATION: Escalation = { restarts: 0, rebuilds: 0 };

/** The next step up from `escalation`. */
export const escalate = ({
  restarts,
  rebuilds,
}: Escalation): { escalation: Escalation; step: RecoveryStep } => {
  if (restarts < RECOVERY.restarts) {
    return { escalation: { restarts: restarts + 1, rebuilds }, step: 'restart' };
  }
  if (rebuilds < RECOVERY.rebuilds) {
    return { escalation: { restarts: 0, rebuilds: rebuilds + 1 }, step: 'rebuild' };
  }
  return { escalation: { restarts, rebuilds }, step: 'give-up' };
};
