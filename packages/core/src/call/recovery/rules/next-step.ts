/**
 * The recovery of a link as a table over facts and the wall clock: the first row that applies says
 * when something is due, and what. No row relies on having seen an event: when its TURN server
 * dies, Firefox goes from `connected` to `failed` with no event in between.
 */
import {
  escalate,
  NO_ESCALATION,
  type Escalation,
  RECOVERY,
  type RecoveryStep,
} from './escalation.js';

/**
 * As `RTCPeerConnection.connectionState`. `closed`: given up. `mute`: the path works, but the
 * control channel is closed.
 */
export type LinkState =
  'new' | 'connecting' | 'connected' | 'mute' | 'disconnected' | 'failed' | 'closed';

/** Times are by the wall clock, ms; `-Infinity`: never. */
export interface RecoveryFacts {
  readonly state: LinkState;
  /** When this state began. */
  readonly since: number;
  /** An early offer (EN-6), which was made without any ICE server. */
  readonly isEarly: boolean;
  /** The network is gone and has not come back. */
  readonly isOffline: boolean;
  /** When the network or the machine came back, if no step has followed yet. */
  readonly wokeAt: number | null;
  /** A signal of ours is waiting until the room is in reach. */
  readonly isUnsent: boolean;
  /** When bytes were last seen to arrive. */
  readonly heardAt: number;
  /**
   * Since when a peer that should be sending has sent nothing, by the reading at `readAt`; `null`:
   * it sends.
   */
  readonly silentFrom: number | null;
  readonly readAt: number;
  /** When the last step was taken or, if that was later, its signal was sent. */
  readonly triedAt: number;
  readonly escalation: Escalation;
}

export type RecoveryDecision =
  /** Look again after `ms`, or when something changes. */
  | { readonly step: 'wait'; readonly ms: number }
  | { readonly step: RecoveryStep; readonly escalation: Escalation };

interface Row {
  readonly applies: (facts: RecoveryFacts) => boolean;
  readonly dueAt: (facts: RecoveryFacts) => number;
  readonly act: (facts: RecoveryFacts) => {
    readonly step: RecoveryStep;
    readonly escalation: Escalation;
  };
}

const never = (): number => Infinity;
const up: Row['act'] = ({ escalation }) => escalate(escalation);
/** A network that has come back counts as a new one, on which nothing has failed yet. */
const anew =
  (step: RecoveryStep): Row['act'] =>
  () => ({ step, escalation: NO_ESCALATION });

/** A state is given `ms` from its beginning; a step taken since then, its own deadline. */
const after = ({ since, triedAt }: RecoveryFacts, ms: number): number =>
  triedAt < since ? since + ms : triedAt + RECOVERY.deadlineMs;

/** All restarts have failed; the next step replaces the connection. */
const isSpent = ({ escalation }: RecoveryFacts): boolean =>
  escalation.restarts === RECOVERY.restarts;

const ROWS: readonly Row[] = [
  // No step can help now, so none is used up.
  { applies: ({ isOffline }) => isOffline, dueAt: never, act: up },
  {
    applies: ({ wokeAt, state }) => wokeAt !== null && state === 'closed',
    dueAt: ({ wokeAt }) => wokeAt ?? Infinity,
    act: anew('rebuild'),
  },
  {
    // A network that comes and goes every other second does not make restarts any more frequent.
    applies: ({ wokeAt }) => wokeAt !== null,
    dueAt: ({ wokeAt, triedAt }) => Math.max(wokeAt ?? Infinity, triedAt + RECOVERY.gapMs),
    act: anew('restart'),
  },
  { applies: ({ state }) => state === 'closed', dueAt: never, act: up },
  // The peer cannot answer what has not been sent to it.
  { applies: ({ isUnsent }) => isUnsent, dueAt: never, act: up },
  {
    // Once for each silence, which may as well be the fault of the peer's microphone.
    applies: ({ state, silentFrom, triedAt, readAt }) =>
      state === 'connected' &&
      silentFrom !== null &&
      triedAt < silentFrom &&
      readAt - silentFrom >= RECOVERY.silenceMs,
    dueAt: ({ readAt }) => readAt,
    act: ({ escalation }) => ({ step: 'restart', escalation }),
  },
  { applies: ({ state }) => state === 'connected', dueAt: never, act: up },
  {
    // A restart does not bring SCTP back.
    applies: ({ state }) => state === 'mute',
    dueAt: (facts) => after(facts, RECOVERY.patienceMs),
    act: ({ escalation }) => escalate({ ...escalation, restarts: RECOVERY.restarts }),
  },
  {
    // As long as bytes arrive, the browser is recovering by itself. If only a new connection is
    // left to try, this state mostly leads from `failed` back to `connected`, so it is given
    // longer.
    applies: ({ state }) => state === 'disconnected',
    dueAt: (facts) =>
      Math.max(
        after(facts, isSpent(facts) ? RECOVERY.patienceMs : RECOVERY.confirmMs),
        facts.heardAt + RECOVERY.patienceMs,
        facts.triedAt + RECOVERY.againMs,
      ),
    act: up,
  },
  { applies: ({ state }) => state === 'failed', dueAt: (facts) => after(facts, 0), act: up },
  {
    // The connection is being set up, for the first time or again.
    applies: () => true,
    dueAt: ({ since, triedAt, isEarly }) =>
      triedAt < since
        ? since + (isEarly ? RECOVERY.earlyMs : RECOVERY.deadlineMs)
        : triedAt + RECOVERY.deadlineMs,
    act: up,
  },
];

/** What to do at `now`. */
export const nextStep = (facts: RecoveryFacts, now: number): RecoveryDecision => {
  const row = ROWS.find(({ applies }) => applies(facts));
  const ms = (row?.dueAt(facts) ?? Infinity) - now;
  return row && ms <= 0 ? row.act(facts) : { step: 'wait', ms };
};
