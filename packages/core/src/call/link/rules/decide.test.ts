import { expect } from '@esm-bundle/chai';

import { beginNegotiation, decide, type Negotiation, type NegotiationEvent } from './decide.js';

/** The commands of all events, and the state they end in. */
const play = (
  state: Negotiation,
  ...events: readonly NegotiationEvent[]
): { state: Negotiation; commands: readonly string[] } => {
  const commands: string[] = [];
  for (const event of events) {
    const decision = decide(state, event);
    state = decision.state;
    commands.push(...decision.commands);
  }
  return { state, commands };
};

const agreed = (polite: boolean): Negotiation => ({
  ...beginNegotiation('stable', polite),
  agreed: true,
});

describe('decide', () => {
  it('offers once and settles with the answer', () => {
    const { state, commands } = play(beginNegotiation('stable', false), 'needed', 'answer');
    expect(commands).to.deep.equal(['make-offer', 'accept-answer']);
    expect(state.phase).to.equal('stable');
  });

  it('waits for the first offer before it makes its own', () => {
    const { state, commands } = play(beginNegotiation('waiting', true), 'needed', 'offer');
    expect(commands).to.deep.equal(['accept-offer', 'make-offer']);
    expect(state.phase).to.equal('offered');
  });

  it('[SG-4] gives way when polite, and offers again', () => {
    const { commands } = play(agreed(true), 'needed', 'offer');
    expect(commands).to.deep.equal(['make-offer', 'rollback-and-accept', 'make-offer']);
  });

  it('[SG-4] starts over when polite and nothing was agreed before', () => {
    const { state, commands } = play(beginNegotiation('stable', true), 'needed', 'needed', 'offer');
    expect(commands).to.deep.equal(['make-offer', 'renew-and-accept']);
    expect(state.phase).to.equal('stable');
  });

  it('[SG-4] ignores an offer that collides with its own when impolite, and the candidates of it', () => {
    const { state, commands } = play(agreed(false), 'needed', 'offer', 'candidates');
    expect(commands).to.deep.equal(['make-offer']);
    expect(state.ignoring).to.equal(true);
    expect(play(state, 'answer', 'candidates').commands).to.deep.equal([
      'accept-answer',
      'add-candidates',
    ]);
  });

  it('makes one offer of many that were asked for while another was out', () => {
    const { commands } = play(agreed(false), 'needed', 'needed', 'needed', 'answer', 'answer');
    expect(commands).to.deep.equal(['make-offer', 'accept-answer', 'make-offer', 'accept-answer']);
  });

  it('drops an answer to nothing', () => {
    expect(play(agreed(true), 'answer').commands).to.deep.equal([]);
  });

  it('repeats an offer only while it is out', () => {
    expect(play(agreed(true), 'unanswered').commands).to.deep.equal([]);
    expect(play(agreed(true), 'needed', 'unanswered').commands).to.deep.equal([
      'make-offer',
      'repeat-offer',
    ]);
  });

  it('does nothing any more once it has failed', () => {
    const { state } = play(agreed(true), 'broken');
    expect(play(state, 'needed', 'offer', 'answer', 'candidates').commands).to.deep.equal([]);
  });
});
