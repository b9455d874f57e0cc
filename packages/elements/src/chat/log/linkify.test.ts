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
  ['https://a.exa\u200bmple/', 'https://a.exa -> https://a.exa/'],
];

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
        }
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it('handles hostile texts far longer than a message can be', () => {
    // One pass is fast. Quadratic time would exceed the timeout of the test.
    for (const part of ['https://a', '(', 'www.', ')))', 'https://a.example/(((']) {
      const text = `https://a.example/${part.repeat(200_000 / part.length)}${')'.repeat(99_999)}`;
      const pieces = linkify(text).map((piece) => piece.text);
      expect(pieces.join('') === text, part).to.equal(true);
    }
  });
});
