/**
 * The recovery of a link as a table over facts and the wall clock: the first row that applies says
 * when it is due, and what is to be done then. No row needs an event to have been seen: Firefox goes
 * from `connected` to `failed` without a word in between when its TURN server dies.
 */
import {
  escalate,
  NO_ESCALATION,
  type Escalation,
  RECOVERY,
  type RecoveryStep,
} from './escalation.js';

/**
 * As of `RTCPeerConnection.connectionState`. `closed`: given up. `mute`: the path is there, but the
 * control channel is closed.
 */
export type LinkState =
  'new' | 'connecting' | 'connected' | 'mute' | 'disconnected' | 'failed' | 'closed';

/** Times are of the wall clock, ms; `-Infinity`: never. */
export interface RecoveryFacts {
  readonly state: LinkState;
  /** When it came to be so. */
  readonly since: number;
  /** An early offer (EN-6), which was made without any ICE server. */
  readonly isEarly: boolean;
  /** The network went, and has not come back. */
  readonly isOffline: boolean;
  /** When the network or the machine came back, if nothing was done about it yet. */
  readonly wokeAt: number | null;
  /** What we said last is still waiting for the room. */
  readonly isUnsaid: boolean;
  /** When bytes were last seen to come. */
  readonly heardAt: number;
  /** Since when nothing has come from a peer who should be sending, as a reading at `readAt` showed. */
  readonly silentFrom: number | null;
  readonly readAt: number;
  /** When the last step was taken, or what it had to say was said. */
  readonly triedAt: number;
  readonly escalation: Escalation;
}

export type RecoveryDecision =
  /** Look again after `ms`, or when told of something. */
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
/** A network that came back is another one: what failed on the old one does not count. */
const anew =
  (step: RecoveryStep): Row['act'] =>
  () => ({ step, escalation: NO_ESCALATION });

/** A state is given its time from when it began; after a step that is as old, from the step. */
const after = ({ since, triedAt }: RecoveryFacts, ms: number): number =>
  triedAt < since ? since + ms : triedAt + RECOVERY.deadlineMs;

/** Restarts have led nowhere; the next step throws the connection away. */
const isSpent = ({ escalation }: RecoveryFacts): boolean =>
  escalation.restarts === RECOVERY.restarts;

const ROWS: readonly Row[] = [
  // No step can help, so none is used up.
  { applies: ({ isOffline }) => isOffline, dueAt: never, act: up },
  {
    applies: ({ wokeAt, state }) => wokeAt !== null && state === 'closed',
    dueAt: ({ wokeAt }) => wokeAt ?? Infinity,
    act: anew('rebuild'),
  },
  {
    // A network that comes and goes every other second is not followed any faster.
    applies: ({ wokeAt }) => wokeAt !== null,
    dueAt: ({ wokeAt, triedAt }) => Math.max(wokeAt ?? Infinity, triedAt + RECOVERY.gapMs),
    act: anew('restart'),
  },
  { applies: ({ state }) => state === 'closed', dueAt: never, act: up },
  // The peer cannot answer what it has not been told.
  { applies: ({ isUnsaid }) => isUnsaid, dueAt: never, act: up },
  {
    // Once for each silence: it may as well be their microphone.
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
    // SCTP does not come back by a restart.
    applies: ({ state }) => state === 'mute',
    dueAt: (facts) => after(facts, RECOVERY.patienceMs),
    act: ({ escalation }) => escalate({ ...escalation, restarts: RECOVERY.restarts }),
  },
  {
    // As long as bytes come, the browser is finding its way back by itself. Where nothing but a new
    // connection is left to try, this state is most often `failed` on its way up: it is given longer.
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
    // Being set up, for the first time or again.
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
