/** How recovery escalates: first restarts, then new connections, then giving up. */

/** How often each step has been tried since the link was last connected. */
export interface Escalation {
  readonly restarts: number;
  readonly rebuilds: number;
}

/** `restart`: new ICE on the same connection. `rebuild`: a new connection under a new epoch. */
export type RecoveryStep = 'restart' | 'rebuild' | 'give-up';

export const RECOVERY = {
  /** A link that has been silent for less than this, ms, mostly comes back by itself. */
  patienceMs: 3_000,
  /**
   * How long a disconnected link is given even so, ms. Chromium reports the state after more than 5
   * s of silence, and may change to another path by itself at the same moment.
   */
  confirmMs: 500,
  /** Between a restart because of silence and the next, if the link then disconnects, ms. */
  againMs: 1_500,
  /** How long each step is given to succeed, ms. */
  deadlineMs: 10_000,
  /** How long a link is given that began before any ICE server was known, ms. */
  earlyMs: 1_500,
  /** How long a connected peer that should be sending may be silent, ms. */
  silenceMs: 3_000,
  /** Between restarts because the network has come back, ms. */
  gapMs: 2_000,
  restarts: 3,
  rebuilds: 2,
} as const;

export const NO_ESCALATION: Escalation = { restarts: 0, rebuilds: 0 };

/** The next step after `escalation`. */
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
