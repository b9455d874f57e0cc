import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { encodeUtf8 } from './bytes.js';
import { cleanName, cleanPath, cleanType, distinctPaths, inertType } from './clean-name.js';
import { MAX_NAME_BYTES, MAX_PATH_BYTES } from './limits.js';

describe('[FT-3] names of strangers', () => {
  const names: readonly (readonly [given: string, clean: string])[] = [
    ['plan.pdf', 'plan.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\evil.dll', 'evil.dll'],
    ['photo\u202egnp.exe', 'photognp.exe'],
    ['a\u0000b\r\n\u001b[31m.txt', 'ab[31m.txt'],
    ['a\u200b\u2066b\ufeff.txt', 'ab.txt'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['COM¹', '_COM¹'],
    ['console.txt', 'console.txt'],
    ['.bashrc', 'bashrc'],
    ['name. . .', 'name'],
    ['  a   b  ', 'a b'],
    ['a<b>|"?*:.txt', 'a_b______.txt'],
    ['', 'file'],
    ['...', 'file'],
    ['/', 'file'],
    ['\ud800.txt', 'txt'],
    ['Zoe\u0308.txt', 'Zo\u00eb.txt'],
    ['👩‍💻 résumé.pdf', '👩💻 résumé.pdf'],
    ['__proto__', '__proto__'],
  ];
  for (const [given, clean] of names)
    it(`${JSON.stringify(given)} is shown as ${JSON.stringify(clean)}`, () => {
      expect(cleanName(given)).to.equal(clean);
    });

  const paths: readonly (readonly [given: string, clean: string])[] = [
    ['a/b/c.txt', 'a/b/c.txt'],
    ['/etc/passwd', 'etc/passwd'],
    ['../../a/./../b', 'a/b'],
    ['a\\..\\b', 'a/b'],
    ['a//b', 'a/b'],
    ['con/aux.txt', '_con/_aux.txt'],
    ['..', 'file'],
  ];
  for (const [given, clean] of paths)
    it(`the path ${JSON.stringify(given)} is ${JSON.stringify(clean)}`, () => {
      expect(cleanPath(given)).to.equal(clean);
    });

  it('are never empty, too long, or a way to anywhere, and stay what they are when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
        const name = cleanName(given);
        expect(name).not.to.match(/[\\/\u0000-\u001f\u202a-\u202e\u2066-\u2069]|^\.|^$/);
        expect(encodeUtf8(name).length).to.be.at.most(MAX_NAME_BYTES);
        const path = cleanPath(given);
        expect(path.split('/')).not.to.include('..');
        expect(encodeUtf8(path).length).to.be.at.most(MAX_PATH_BYTES);
        expect(cleanPath(path)).to.equal(path);
      }),
      { seed: 49, numRuns: 500 },
    );
  });

  it('keep their ending when they are too long', () => {
    expect(cleanName(`${'ä'.repeat(300)}.pdf`)).to.match(/^ä{125}\.pdf$/);
  });

  it('are made distinct, whatever their case', () => {
    expect(distinctPaths(['a.txt', 'A.txt', 'a.txt', 'd/a.txt', 'b', 'b'])).to.deep.equal([
      'a.txt',
      'A (2).txt',
      'a (3).txt',
      'd/a.txt',
      'b',
      'b (2)',
    ]);
    const many = Array.from({ length: 10_000 }, () => 'same.txt');
    expect(new Set(distinctPaths(many)).size).to.equal(10_000);
  });

  it('have types that nothing runs by', () => {
    expect(cleanType('image/PNG')).to.equal('image/png');
    expect(cleanType('text/html; charset=x')).to.equal('');
    for (const type of [
      'text/html',
      'image/svg+xml',
      'text/javascript',
      'application/xhtml+xml',
      '',
    ])
      expect(inertType(type)).to.equal('application/octet-stream');
    expect(inertType('image/png')).to.equal('image/png');
  });
});
