// linkify: a table of what is a link, and a property that holds for any text.
import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { linkify } from './linkify.js';

/** Text, and the links in it as `text -> href`, or just `text` when they are the same. */
const TABLE: readonly (readonly [string, ...string[]])[] = [
  ['no link at all'],
  ['https://a.example/x', 'https://a.example/x'],
  ['see http://a.example/b?c=d#e now', 'http://a.example/b?c=d#e'],
  ['HTTPS://A.example', 'HTTPS://A.example -> https://a.example/'],
  ['www.a.example', 'www.a.example -> https://www.a.example/'],
  ['mailto:rahim@a.example', 'mailto:rahim@a.example'],
  ['mailto:nobody'],
  ['Look (https://a.example/x).', 'https://a.example/x'],
  ['https://a.example/wiki/B_(c)', 'https://a.example/wiki/B_(c)'],
  ['(https://a.example/wiki/B_(c))', 'https://a.example/wiki/B_(c)'],
  ['https://a.example/x, https://b.example/y!', 'https://a.example/x', 'https://b.example/y'],
  ['"https://a.example/x"', 'https://a.example/x'],
  ['<https://a.example/x>', 'https://a.example/x'],
  ['*https://a.example/x*', 'https://a.example/x'],
  ['https://[::1]/x', 'https://[::1]/x'],
  ['https://пример.example/путь', 'https://пример.example/путь -> '],
  ['javascript:alert(1)'],
  ['JaVaScRiPt://a.example/%0aalert(1)'],
  ['data:text/html,<script>alert(1)</script>'],
  ['vbscript:x file:///etc/passwd tel:123'],
  ['see:https://a.example/1', 'https://a.example/1'],
  ['xhttps://a.example'],
  ['https://'],
  ['http:///'],
  ['https://bank.example@evil.example/'],
  ['https://user:pass@evil.example/'],
  ['https://a.example/\u202egpj.exe', 'https://a.example/'],
  // A person reads a.example, which is not where it would lead.
  ['https://a.exa\u200bmple/'],
  ['https://a.example/\u200b', 'https://a.example/'],
  ['https://a.example\u200b now', 'https://a.example -> https://a.example/'],
  // What follows an address without a space.
  ['https://a.example/a。谢谢', 'https://a.example/a'],
  ['（https://a.example/a）', 'https://a.example/a'],
  ['「https://a.example/a」と', 'https://a.example/a'],
  ['https://a.example/a، و', 'https://a.example/a'],
  ['https://a.example/a؟', 'https://a.example/a'],
  ['https://a.example/a। है', 'https://a.example/a'],
  ['`https://a.example/a`', 'https://a.example/a'],
  ['https://a.example👍', 'https://a.example -> https://a.example/'],
  ['https://a.example/👍', 'https://a.example/'],
  ['https://a.example—and', 'https://a.example -> https://a.example/'],
  ['www.a.example👍', 'www.a.example -> https://www.a.example/'],
  [
    'https://a.example、https://b.example、',
    'https://a.example -> https://a.example/',
    'https://b.example -> https://b.example/',
  ],
  ['https://a.example?', 'https://a.example -> https://a.example/'],
  ['https://a.example/x?y=1&z=[2]#w', 'https://a.example/x?y=1&z=[2]#w'],
  ['https://a.example:8443/x', 'https://a.example:8443/x'],
  ['https://a.example:99999/x'],
  // What comes before it without a space.
  ['你好https://a.example/x', 'https://a.example/x'],
  ['สวัสดีhttps://a.example/x', 'https://a.example/x'],
  ['смотриhttps://a.example/x', 'https://a.example/x'],
  ['éhttps://a.example/x'],
  ['ann@www.a.example'],
  // Hosts that are not what they look like.
  ['https://аррӏе.example/'],
  ['https://gооgle.example/'],
  ['https://exampıe.example/'],
  ['https://ｅxample.example/'],
  ['https://i❤.example/'],
  ['https://bank.example👍.evil.example/'],
  ['https://bank.example⁄x.evil.example/'],
  ['https://bank.exampleꓸevil.example/'],
  ['https://0x7f.1/'],
  ['https://2130706433/'],
  ['https://127.0.0.1:8787/x', 'https://127.0.0.1:8787/x'],
  ['http://localhost:8787/x', 'http://localhost:8787/x'],
  // Hosts in other scripts.
  ['https://münchen.example/x', 'https://münchen.example/x -> '],
  ['https://smagblæ.example/x', 'https://smagblæ.example/x -> '],
  ['https://роса.рф/x', 'https://роса.рф/x -> '],
  ['https://東京abc.example/x', 'https://東京abc.example/x -> '],
  ['https://xn--mnchen-3ya.example/x', 'https://xn--mnchen-3ya.example/x'],
  ['https://ca.a.example/Col·lecció', 'https://ca.a.example/Col·lecció -> '],
  ['mailto:ann@a.example, ben', 'mailto:ann@a.example'],
  ['mailto:ann@bank.example👍.evil.example'],
];

/** The host that a person reads in a link: what stands between the scheme and the first slash. */
const readHost = (text: string): string =>
  /^(?:https?:\/\/|mailto:[^@]*@)?([^/?#]*)/i.exec(text)?.[1]?.toLowerCase().replace(/:\d+$/, '') ??
  '';

describe('linkify', () => {
  for (const [text, ...links] of TABLE) {
    it(`finds ${links.length} in ${JSON.stringify(text)}`, () => {
      const found = linkify(text).filter((piece) => piece.href !== undefined);
      expect(found.length).to.equal(links.length);
      found.forEach((piece, index) => {
        const [shown, href = shown] = (links[index] ?? '').split(' -> ');
        expect(piece.text).to.equal(shown);
        expect(piece.href).to.equal(href || new URL(piece.text).href);
      });
    });
  }

  it('returns the whole text in pieces, and links nowhere but to http, https and mailto', () => {
    const seed = Date.now() & 0x7fffffff;
    const word = fc.constantFrom(
      ...[
        'https://',
        'http:',
        'mailto:',
        'www.',
        'javascript:',
        'data:',
        'a.example',
        '@',
        ':',
        '/',
      ],
      ...[
        '(',
        ')',
        '[',
        ']',
        '.',
        '"',
        '<b>',
        ' ',
        '\n',
        '\u202e',
        '\u0000',
        '\ud800',
        '😀',
        '%0a',
        '。',
        '）',
        '`',
        '—',
        '\u200b',
        'а',
        'ꓸ',
        '你好',
      ],
    );
    const text = fc
      .array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 24 })
      .map((words) => words.join(''));
    fc.assert(
      fc.property(text, (value) => {
        const pieces = linkify(value);
        expect(pieces.map((piece) => piece.text).join('')).to.equal(value);
        for (const piece of pieces) {
          expect(piece.text).not.to.equal('');
          if (piece.href === undefined) continue;
          expect(piece.href).to.match(/^(?:https?:\/\/|mailto:)/);
          expect(piece.href).not.to.match(/[\s<>"]/);
          const url = new URL(piece.href.replace('mailto:', 'https://'));
          const read = readHost(piece.text);
          // A browser writes the host of a person's script as a person does not read it.
          const isAscii = /^[\0-\x7f]*$/.test(read);
          if (isAscii && !read.startsWith('[')) expect(url.hostname).to.equal(read);
          else expect(new URL(`https://${read}`).hostname).to.equal(url.hostname);
          expect(read.normalize('NFC')).to.equal(read.normalize('NFKC'));
          expect(piece.text).not.to.match(/\p{Default_Ignorable_Code_Point}|\p{Cc}/u);
        }
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('finds 200 links in one text, and leaves the rest as text', () => {
    const text = 'https://a.example/ '.repeat(300);
    const links = linkify(text).filter((piece) => piece.href !== undefined);
    expect(links.length).to.equal(200);
  });

  it('handles hostile texts far longer than a message can be', () => {
    // One pass is fast. Quadratic time would exceed the timeout of the test.
    for (const part of ['https://a', '(', 'www.', ')))', 'https://a.example/(((', ' https://a/(']) {
      const text = `https://a.example/${part.repeat(200_000 / part.length)}${')'.repeat(99_999)}`;
      const pieces = linkify(text).map((piece) => piece.text);
      expect(pieces.join('') === text, part).to.equal(true);
    }
  });
});
