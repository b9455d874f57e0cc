/**
 * Perfect negotiation (SG-4) as a table: what a link does about each event in each phase. The link
 * completes the commands of one event before it asks about the next.
 */

/**
 * `waiting`: the peer makes the first offer. `stable`: nothing is under way. `offered`: our offer
 * is waiting for its answer. `failed`: nothing more happens until a new epoch begins.
 */
export type Phase = 'waiting' | 'stable' | 'offered' | 'failed';

export interface Negotiation {
  readonly phase: Phase;
  /** Whether we give way when two offers collide: the side whose session id sorts first does. */
  readonly polite: boolean;
  /** A negotiation has completed on this connection, so there is something to roll back to. */
  readonly agreed: boolean;
  /** We have another offer to make as soon as we may. */
  readonly again: boolean;
  /** The peer's last offer was ignored, and so its candidates are ignored as well. */
  readonly ignoring: boolean;
}

export type NegotiationEvent =
  /** We have something new to negotiate. */
  | 'needed'
  | 'offer'
  | 'answer'
  | 'candidates'
  /** Our offer has been waiting too long: it or its answer was lost with a socket. */
  | 'unanswered'
  /** A command has failed. */
  | 'broken';

export type NegotiationCommand =
  | 'make-offer'
  /** The same offer once more. */
  | 'repeat-offer'
  | 'accept-offer'
  /** Accepting the offer rolls our own back. */
  | 'rollback-and-accept'
  /**
   * Accepts on a new connection: without an agreement, a rollback would leave our own slots in it.
   */
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

/** Returns to stable by `command`, then makes our own offer if one is due. */
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
