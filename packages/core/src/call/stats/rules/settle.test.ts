import { expect } from '@esm-bundle/chai';

import type { QualityFacts } from './judge-link.js';
import { settle, type Settled } from './settle.js';

const FINE: QualityFacts = {
  rttMs: 40,
  lossIn: 0,
  lossOut: null,
  uplinkBps: null,
  isProcessorShort: false,
  dropped: 0,
};
const ENDED = { lossIn: 0 };
const INSIDE = { lossIn: 0.018 };
const FAIR = { lossIn: 0.03 };
const POOR = { lossIn: 0.2 };
const SLOW = { dropped: 0.2 };

/** What is shown after each of these readings, a second apart. */
function shown(...readings: readonly Partial<QualityFacts>[]): string[] {
  let state: Settled | null = null;
  return readings.map((facts, index) => {
    state = settle(state, { ...FINE, ...facts }, [], index * 1_000);
    return `${state.quality}${state.reason ? ` ${state.reason}` : ''}`;
  });
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('settle', () => {
  it('shows the first reading at once', () => {
    expect(shown(POOR)).to.deep.equal(['poor network']);
  });

  it('ignores a single bad second', () => {
    expect(shown({}, POOR, {}, POOR, {})).to.deep.equal(times(5, 'good'));
  });

  it('is worse after a second bad reading, by as much as it says', () => {
    expect(shown({}, FAIR, FAIR)).to.deep.equal(['good', 'good', 'fair network']);
    expect(shown({}, FAIR, POOR)).to.deep.equal(['good', 'good', 'poor network']);
  });

  it('is better after five good seconds, one step at a time', () => {
    const rest = times(12, ENDED);
    expect(shown(POOR, ...rest)).to.deep.equal([
      ...times(6, 'poor network'),
      ...times(6, 'fair network'),
      'good',
    ]);
  });

  it('starts counting again with every relapse, and does not count readings at the limit', () => {
    const relapsing = [...times(4, ENDED), FAIR, ...times(4, ENDED)];
    expect(shown(FAIR, ...relapsing).at(-1)).to.equal('fair network');
    expect(shown(FAIR, ...times(20, INSIDE)).at(-1)).to.equal('fair network');
  });

  it('shows another reason as soon as a worse link', () => {
    expect(shown(FAIR, SLOW, SLOW)).to.deep.equal(['fair network', 'fair network', 'fair cpu']);
  });
});
