import { expect } from '@esm-bundle/chai';

import {
  cleanChatText,
  cleanDisplayName,
  codePointLength,
  isChatText,
  isDisplayName,
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

  it('refuses names that break or reorder a line, and cleans them', () => {
    for (const name of ['', ' Ann', 'A\nB', 'A\u202EB', 'A\u2066B', 'A\u2028B', 'A\u0000']) {
      expect(isDisplayName(name, 64), JSON.stringify(name)).to.equal(false);
      const clean = cleanDisplayName(name, 64);
      expect(clean === '' || isDisplayName(clean, 64), JSON.stringify(clean)).to.equal(true);
    }
    expect(cleanDisplayName(`  A\n\n  B ${'x'.repeat(99)}`, 10)).to.equal('A B xxxxxx');
  });

  it('never cuts a name inside a code point', () => {
    expect(cleanDisplayName('\u{1F600}'.repeat(70), 64)).to.equal('\u{1F600}'.repeat(64));
  });
});
