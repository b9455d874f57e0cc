import { expect } from '@esm-bundle/chai';

import { judgeLink, type QualityFacts } from './judge-link.js';

const FINE: QualityFacts = {
  rttMs: 40,
  lossIn: 0,
  lossOut: 0,
  uplinkBps: null,
  isProcessorShort: false,
  dropped: 0,
};
const LOSSY: QualityFacts = { ...FINE, lossIn: 0.2 };

/** How facts differ from those of a fine link, the facts of our other links, and the judgement. */
const TABLE: readonly (readonly [
  title: string,
  facts: Partial<QualityFacts>,
  others: readonly QualityFacts[],
  judgement: string,
])[] = [
  ['a fine link', {}, [], 'good null'],
  ['a link of which nothing is known', { rttMs: null, lossOut: null }, [], 'good null'],
  ['the limit itself', { lossIn: 0.02, rttMs: 250 }, [], 'good null'],

  ['loss both ways', { lossIn: 0.03, lossOut: 0.03 }, [], 'fair network'],
  ['much loss of what we send', { lossOut: 0.1 }, [], 'poor network'],
  ['a long way', { rttMs: 300 }, [], 'fair network'],
  ['a very long way', { rttMs: 501 }, [], 'poor network'],
  ['an uplink for a voice and little else', { uplinkBps: 120_000 }, [], 'fair network'],
  ['an uplink that cuts the voice', { uplinkBps: 40_000 }, [], 'poor network'],
  ['loss on every link', { lossIn: 0.2 }, [LOSSY, LOSSY], 'poor network'],
  ['loss on half of the others', { lossIn: 0.2 }, [LOSSY, FINE], 'poor network'],

  ['loss of theirs alone, ours arrives', { lossIn: 0.1 }, [], 'poor far-end'],
  ['the same, of ours nothing is known', { lossIn: 0.1, lossOut: null }, [], 'poor network'],
  ['loss of theirs on a long way', { lossIn: 0.1, rttMs: 300 }, [], 'poor network'],
  ['loss on this link only', { lossIn: 0.1, lossOut: 0.1 }, [FINE], 'poor far-end'],
  ['a long way on this link only', { rttMs: 400 }, [FINE, FINE], 'fair far-end'],
  ['one other is worse off, too', { lossIn: 0.1 }, [FINE, FINE, LOSSY], 'poor far-end'],

  ['a processor that makes pictures smaller', { isProcessorShort: true }, [], 'fair cpu'],
  ['frames that come too fast', { dropped: 0.2 }, [FINE], 'fair cpu'],
  ['hardly a frame in time', { dropped: 0.5 }, [], 'poor cpu'],
  ['frames that were lost on the way', { dropped: 0.5, lossIn: 0.1 }, [], 'poor far-end'],
  ['an uplink too slow for so short a way', { uplinkBps: 120_000, rttMs: 1 }, [], 'fair cpu'],
  ['the same, hardly a voice of it', { uplinkBps: 40_000, rttMs: 1 }, [], 'fair cpu'],
  ['the same, too short to measure', { uplinkBps: 120_000, rttMs: 0 }, [FINE, FINE], 'fair cpu'],
  ['as short a way as that uplink has', { uplinkBps: 120_000, rttMs: 8 }, [], 'fair network'],
  ['an uplink of which no way is known', { uplinkBps: 40_000, rttMs: null }, [], 'poor network'],
  [
    'a short way that loses packets',
    { uplinkBps: 40_000, rttMs: 1, lossOut: 0.1 },
    [],
    'poor network',
  ],
  ['a wide uplink on a short way', { uplinkBps: 900_000, rttMs: 0 }, [], 'good null'],
  ['a full processor on a bad line', { isProcessorShort: true, rttMs: 600 }, [], 'poor network'],
  ['both equally', { isProcessorShort: true, rttMs: 300 }, [], 'fair network'],
  ['a processor that is worse', { dropped: 0.5, rttMs: 300 }, [], 'poor cpu'],
];

describe('judgeLink', () => {
  for (const [title, facts, others, expected] of TABLE) {
    it(`says "${expected}" of ${title}`, () => {
      const { quality, reason } = judgeLink({ ...FINE, ...facts }, others);
      expect(`${quality} ${reason}`).to.equal(expected);
    });
  }

  it('is stricter with less slack', () => {
    for (const facts of [{ lossIn: 0.018 }, { rttMs: 200 }, { uplinkBps: 200_000 }]) {
      expect(judgeLink({ ...FINE, ...facts }, []).quality).to.equal('good');
      expect(judgeLink({ ...FINE, ...facts }, [], 0.7).quality).to.equal('fair');
    }
  });
});
