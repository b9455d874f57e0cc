import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import {
  cleanChatText,
  codePointLength,
  isChatText,
  isDisplayName,
  isNameShape,
  isTextShape,
  isVisible,
  utf8Length,
} from './text.js';

describe('texts', () => {
  it('counts code points and UTF-8 bytes as they travel', () => {
    const pairs = ['\u{1F600}', 'a\u{1F468}\u200D\u{1F469}', '\uD83Dx', 'x\uDE00', '\uD83D'];
    for (const text of ['', 'abc', '\u007f\u0080é', '\u07ff\u0800漢字', '\uffff', ...pairs]) {
      expect(utf8Length(text), text).to.equal(new TextEncoder().encode(text).length);
      expect(codePointLength(text), text).to.equal([...text].length);
    }
  });

  it('[CH-3] cleans whatever is typed into an allowed text', () => {
    const typed = ' one\r\ntwo\rthree\u0000\u0007\ud800 ';
    expect(cleanChatText(typed)).to.equal('one\ntwo\nthree');
    expect(isChatText(cleanChatText(typed), 100)).to.equal(true);
    expect(isChatText(typed, 100)).to.equal(false);
  });

  it('[TX-1] refuses names that break or reorder a line', () => {
    for (const name of ['', ' Ann', 'A\nB', 'A\u202EB', 'A\u2066B', 'A\u2028B', 'A\u0000']) {
      expect(isNameShape(name, 64), JSON.stringify(name)).to.equal(false);
      expect(isDisplayName(name, 64), JSON.stringify(name)).to.equal(false);
    }
    for (const name of ['Ann', '\u{1F600}'.repeat(64), 'علی‌رضا', '👨‍👩‍👧', 'O’Neil', '田中']) {
      expect(isDisplayName(name, 64), name).to.equal(true);
    }
  });

  it('[TX-2] sees nothing in what shows nothing, alone or together', () => {
    for (const text of BLANK) {
      expect(isVisible(text), escaped(text)).to.equal(false);
      expect(isDisplayName(text, 64), escaped(text)).to.equal(false);
      expect(isChatText(text, 64), escaped(text)).to.equal(false);
      expect(isVisible(`${text}a${text}`), escaped(text)).to.equal(true);
    }
    const seed = Date.now() & 0x7fffffff;
    const blanks = fc
      .array(fc.constantFrom(...BLANK), { maxLength: 20 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        blanks,
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
        (blank, text) => {
          expect(isVisible(blank), escaped(blank)).to.equal(false);
          expect(isVisible(blank + text + blank), escaped(text)).to.equal(isVisible(text));
        },
      ),
      { seed },
    );
  });

  it('[TX-2] reads from a room what was said before, and takes it from nobody', () => {
    for (const blank of BLANK.filter((text) => text.trim() === text)) {
      expect(isNameShape(blank, 64), escaped(blank)).to.equal(!/[\n\u2028]/.test(blank));
      expect(isTextShape(blank, 64), escaped(blank)).to.equal(true);
    }
  });
});

/** One of each kind of character that shows nothing. */
const BLANK = [
  ...[' ', '\u00A0', '\u3000', '\u00AD', '\u200B', '\u200D', '\u200E', '\u2060', '\uFEFF'],
  ...['\u061C', '\u115F', '\u1160', '\u3164', '\uFFA0', '\u17B4', '\u180E', '\uFE0F', '\uFFF9'],
  ...['\u2800', '\u{1D159}', '\u{16FE4}', '\u{E0041}\u{E007F}', '\u{E0100}', '\u034F', '\u2063'],
];

const escaped = (text: string): string =>
  [...text].map((point) => `U+${point.codePointAt(0)?.toString(16)}`).join(' ');
