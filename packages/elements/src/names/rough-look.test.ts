import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { caselessLookOf, lookOf } from './looks.js';
import { roughLookOf } from './rough-look.js';

describe('roughLookOf', () => {
  it('is the same for all names in ASCII that look the same', () => {
    const part = fc.oneof(
      fc.constantFrom(...'Iil1|!0Oomrn`\'" ', 'rn', "''"),
      fc.string({ unit: 'grapheme-ascii', maxLength: 2 }),
    );
    const name = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, name, (one, other) => {
        const isSame = [lookOf, caselessLookOf].some((look) => look(one) === look(other));
        if (isSame) expect(roughLookOf(other)).to.equal(roughLookOf(one));
      }),
      { seed: Date.now() & 0x7fffffff, numRuns: 20_000 },
    );
  });

  it('knows nothing of other names', () => {
    for (const name of ['Zoë', '田中', 'Аnn', 'A\u200Bnn'])
      expect(roughLookOf(name)).to.equal(null);
  });

  it('says what looks the same for each character of ASCII', () => {
    const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(index + 33));
    for (const one of ascii) {
      for (const other of ascii) {
        const isSame = [lookOf, caselessLookOf].some((look) => look(one) === look(other));
        if (isSame) expect(roughLookOf(other), one + other).to.equal(roughLookOf(one));
      }
      const look = lookOf(one);
      expect(roughLookOf(look), one).to.equal(roughLookOf(one));
    }
  });
});
