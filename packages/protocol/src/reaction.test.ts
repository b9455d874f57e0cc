import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { isReaction, mergeReactions, qualifyReaction } from './reaction.js';

/** Emoji as Unicode lists them: fully qualified, and other forms of the same. */
const FORMS: readonly (readonly [string, ...string[]])[] = [
  ['❤️', '❤'],
  ['👍', '👍\uFE0F'],
  ['☝🏽', '☝\uFE0F🏽'],
  ['👁️‍🗨️', '👁‍🗨', '👁️‍🗨', '👁‍🗨️'],
  ['❤️‍🔥', '❤‍🔥'],
  ['🏳️‍🌈', '🏳‍🌈'],
  ['🧑🏽‍🚀'],
  ['👨‍👩‍👧‍👦'],
  ['1️⃣', '1⃣'],
  ['🇩🇪'],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['🏽'],
];

describe('reactions', () => {
  it('[CH-8] have one form each, which is what is stored', () => {
    for (const [qualified, ...others] of FORMS) {
      for (const form of [qualified, ...others]) {
        expect(isReaction(form), form).to.equal(true);
        expect(qualifyReaction(form), form).to.equal(qualified);
      }
    }
  });

  it('[CH-8] are one emoji that can be seen', () => {
    const blanks = ['', '\u200D', '\uFE0F', '\u{E0041}', '\u{E0067}\u{E007F}', '\uFE0F\u200D', ' '];
    const others = [
      '👍👍',
      '❤\uFE0F\uFE0F',
      '👍\u200D',
      '\u200D👍',
      'a',
      '1',
      '1\uFE0F',
      '❤\uFE0E',
      '\u2800',
    ];
    for (const text of [...blanks, ...others]) {
      expect(isReaction(text), JSON.stringify(text)).to.equal(false);
    }
  });

  it('[CH-8] keep their form once they have it, whatever they are made of', () => {
    const part = fc.constantFrom(
      ...'❤👍☝🏽👁🗨🏳🌈1#🇩🏴',
      '\uFE0F',
      '\u200D',
      '\u20E3',
      '\u{E0067}',
      '\u{E007F}',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const once = qualifyReaction(parts.join(''));
        expect(qualifyReaction(once)).to.equal(once);
        if (isReaction(parts.join(''))) expect(isReaction(once), once).to.equal(true);
      }),
      { seed: Date.now() & 0x7fffffff, numRuns: 2_000 },
    );
  });

  it('[CH-8] of two forms become one, with everybody in it once', () => {
    const reactions = { '❤': ['ann', 'ben'], '👍': ['ann'], '❤️': ['ben', 'cem'] };
    expect(mergeReactions(reactions)).to.deep.equal({ '❤️': ['ann', 'ben', 'cem'], '👍': ['ann'] });
  });
});
