import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { CONFUSABLES } from './confusables.js';
import { caselessLookOf, lookOf } from './looks.js';

const seed = Date.now() & 0x7fffffff;

/** Any text, and much of what is in the table. */
const TABLE = [...new Set(CONFUSABLES.join(''))];
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TABLE),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('Ann', ' ', '\u200D', '\u3000', '\u0301', 'I', 'l', '1', '|', 'ſ', 'İ', 'ß'),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('looks', () => {
  const same: readonly (readonly [string, string])[] = [
    ['Ann', 'Аnn'],
    ['Ann', 'Ａｎｎ'],
    ['Ann', '𝐀𝐧𝐧'],
    ['Ann', 'A\u200Bnn'],
    ['Ann', 'Ann\u3164'],
    ['Ann Lee', 'Ann\u00A0 Lee'],
    ['Zoë', 'Zoe\u0308'],
    ['Paolo', 'Раоlо'],
    ['Nikos', 'Νikοs'],
    ['Ian', 'lan'],
    ['Tom 1', 'Tom l'],
    ['Anna', 'Аnnа'],
    ['Հovo', 'Հονο'],
  ];
  for (const [one, other] of same) {
    it(`finds ${one} and ${JSON.stringify(other)} the same`, () => {
      expect(lookOf(other)).to.equal(lookOf(one));
    });
  }

  it('finds names the same that differ in case alone', () => {
    for (const [one, other] of [
      ['Ann', 'ANN'],
      ['Ann', 'аNN'],
      ['Öz', 'ÖZ'],
      ['Bo0', 'boO'],
    ] as const) {
      expect(caselessLookOf(other), other).to.equal(caselessLookOf(one));
    }
  });

  it('keeps names apart that a person can tell apart', () => {
    const names =
      'Ann Anna Anne Hanna Zoe Zoë José Jose 田中 田村 Иван Ивана علي علیا 김민수 김민호'.split(
        ' ',
      );
    expect(new Set(names.map(lookOf)).size).to.equal(names.length);
    expect(new Set(names.map(caselessLookOf)).size).to.equal(names.length);
  });

  it('changes nothing that it has made, whatever the text', () => {
    fc.assert(
      fc.property(text, (value) => {
        for (const look of [lookOf, caselessLookOf]) {
          expect(look(look(value))).to.equal(look(value));
          expect(look(`${value}\u2060`)).to.equal(look(value));
        }
        expect(caselessLookOf(value.toLowerCase())).to.equal(caselessLookOf(value));
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('takes each character of the table to its look', () => {
    for (const line of CONFUSABLES) {
      const at = line.indexOf('=', 1);
      for (const one of line.slice(at + 1)) {
        expect(lookOf(`a${one}a`), one).to.equal(lookOf(`a${line.slice(0, at)}a`));
      }
    }
  });
});
