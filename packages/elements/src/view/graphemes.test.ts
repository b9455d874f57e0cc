import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { graphemesOf, splitGraphemes } from './graphemes.js';

const CLUSTERS = ['a', 'é', 'E\u0301', '🇩🇪', '👨‍👩‍👧', '👍🏽', '❤️', '❤️‍🔥', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '田', '한', '😀'];

const text = fc.array(fc.constantFrom(...CLUSTERS), { maxLength: 12 });

describe('grapheme clusters', () => {
  it('are the same with and without the help of the browser', () => {
    const seed = Date.now() & 0x7fffffff;
    fc.assert(
      fc.property(text, (clusters) => {
        expect(graphemesOf(clusters.join(''))).to.deep.equal(clusters);
        expect(splitGraphemes(clusters.join(''))).to.deep.equal(clusters);
      }),
      { seed },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        expect(splitGraphemes(any).join('')).to.equal(any);
        expect(graphemesOf(any).join('')).to.equal(any);
      }),
      { seed },
    );
  });
});
