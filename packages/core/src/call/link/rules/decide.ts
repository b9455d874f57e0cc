/**
 * Perfect negotiation (SG-4) as a table: what a link does about each event in each phase. The link
 * runs the commands of one event to their end before it asks about the next.
 */

/**
 * `waiting`: the peer makes the first offer. `stable`: nothing is in the air. `offered`: our offer
 * waits for its answer. `failed`: over, until somebody begins a new epoch.
 */
export type Phase = 'waiting' | 'stable' | 'offered' | 'failed';

export interface Negotiation {
  readonly phase: Phase;
  /** Whether we give way when two offers meet: our session id sorts first. */
  readonly polite: boolean;
  /** Something has been agreed on this connection, so a rollback leaves something to stand on. */
  readonly agreed: boolean;
  /** We have more to say as soon as we may. */
  readonly again: boolean;
  /** The peer's last offer was ignored, and so are the candidates that belong to it. */
  readonly ignoring: boolean;
}

export type NegotiationEvent =
  /** We have something new to agree on. */
  | 'needed'
  | 'offer'
  | 'answer'
  | 'candidates'
  /** Our offer has gone unanswered for too long: one of the two was lost with a socket. */
  | 'unanswered'
  /** A command could not be carried out. */
  | 'broken';

export type NegotiationCommand =
  | 'make-offer'
  /** The same offer once more. */
  | 'repeat-offer'
  | 'accept-offer'
  /** Accepting takes our own offer back. */
  | 'rollback-and-accept'
  /** As nothing was agreed before, start from a new connection: a rollback would leave our slots. */
  | 'renew-and-accept'
  | 'accept-answer'
  | 'add-candidates';

export interface NegotiationStep {
  readonly state: Negotiation;
  readonly commands: readonly NegotiationCommand[];
}

type Rule = (state: Negotiation) => NegotiationStep;

export const beginNegotiation = (phase: 'waiting' | 'stable', polite: boolean): Negotiation => ({
  phase,
  polite,
  agreed: false,
  again: false,
  ignoring: false,
});

/** What to do about `event`. */
export const decide = (state: Negotiation, event: NegotiationEvent): NegotiationStep =>
  (TABLE[state.phase][event] ?? stay)(state);

const stay: Rule = (state) => ({ state, commands: [] });
const later: Rule = (state) => stay({ ...state, again: true });

const makeOffer: Rule = (state) => ({
  state: { ...state, phase: 'offered', again: false },
  commands: ['make-offer'],
});

/** Back to stable by `command`, then on to our own offer if one is due. */
const settle =
  (command: NegotiationCommand, again: boolean): Rule =>
  (state) => {
    const next = makeOffer({ ...state, agreed: true, ignoring: false });
    return again || state.again
      ? { ...next, commands: [command, ...next.commands] }
      : { state: { ...next.state, phase: 'stable' }, commands: [command] };
  };

const glare: Rule = (state) => {
  if (!state.polite) return stay({ ...state, ignoring: true });
  return state.agreed
    ? settle('rollback-and-accept', true)(state)
    : settle('renew-and-accept', false)({ ...state, again: false });
};

const addCandidates: Rule = (state) => ({
  state,
  commands: state.ignoring ? [] : ['add-candidates'],
});

const fail: Rule = (state) => stay({ ...state, phase: 'failed' });

const TABLE: Readonly<Record<Phase, Readonly<Partial<Record<NegotiationEvent, Rule>>>>> = {
  waiting: {
    needed: later,
    offer: settle('accept-offer', false),
    candidates: addCandidates,
    broken: fail,
  },
  stable: {
    needed: makeOffer,
    offer: settle('accept-offer', false),
    candidates: addCandidates,
    broken: fail,
  },
  offered: {
    needed: later,
    offer: glare,
    answer: settle('accept-answer', false),
    candidates: addCandidates,
    unanswered: (state) => ({ state, commands: ['repeat-offer'] }),
    broken: fail,
  },
  failed: {},
};
