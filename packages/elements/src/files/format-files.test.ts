import { expect } from '@esm-bundle/chai';

import { createFilesFormat } from './format-files.js';

/** Browsers differ in their spaces. */
const plain = (text: string): string => text.replace(/[\s\u00A0\u202F]+/g, ' ');

describe('the figures of a file', () => {
  const en = createFilesFormat('en');

  for (const [bytes, words] of [
    [0, '0 byte'],
    [999, '999 byte'],
    [1_000, '1 kB'],
    [1_536, '1.5 kB'],
    [99_940, '99.9 kB'],
    [123_456, '123 kB'],
    [999_960, '1 MB'],
    [2_400_000, '2.4 MB'],
    [10_000_000_000, '10 GB'],
    [5e15, '5,000 TB'],
  ] as const) {
    it(`are short: ${bytes} bytes are ${words}`, () => {
      expect(plain(en.size(bytes))).to.equal(words);
    });
  }

  for (const [seconds, words] of [
    [0.2, '1 sec'],
    [59, '59 sec'],
    [61, '1 min'],
    [3_599, '1 hr'],
    [5_400, '1 hr, 30 min'],
    [90_000, '25 hr'],
  ] as const) {
    it(`say how long: ${seconds} seconds are ${words}`, () => {
      expect(plain(en.time(seconds))).to.equal(words);
    });
  }

  it('are in the language of the person', () => {
    const de = createFilesFormat('de');
    expect(plain(de.size(2_400_000))).to.equal('2,4 MB');
    expect(plain(de.speed(3_140_000))).to.equal('3,1 MB/s');
    expect(plain(de.time(5_400))).to.equal('1 Std., 30 Min.');
    const ar = createFilesFormat('ar-EG');
    expect(ar.size(2_400_000)).to.match(/[٠-٩]/);
    expect(createFilesFormat('not a language').size(1_000)).to.match(/1/);
  });
});
