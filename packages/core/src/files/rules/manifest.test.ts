import { expect } from '@esm-bundle/chai';

import { decodeManifest, encodeManifest } from './manifest.js';
import { OfferLimits } from './offer-limits.js';
import { TransferPace, secondsLeft } from './pace.js';
import { sniffPicture } from './sniff-picture.js';

describe('the list of entries', () => {
  const entries = [
    { path: 'a/b.txt', size: 3 },
    { path: 'c.txt', size: 0 },
  ];
  const offered = { count: 2, contentBytes: 3 };

  it('is read as it was written', () => {
    expect(decodeManifest(encodeManifest(entries), offered)).to.deep.equal(entries);
  });

  it('[FT-9] is refused if it is not what was offered', () => {
    const bytes = encodeManifest(entries);
    expect(decodeManifest(bytes, { ...offered, count: 3 })).to.equal(null);
    expect(decodeManifest(bytes, { ...offered, contentBytes: 4 })).to.equal(null);
    expect(decodeManifest(bytes, { ...offered, contentBytes: 2 })).to.equal(null);
    expect(decodeManifest(bytes.slice(0, -1), offered)).to.equal(null);
    expect(decodeManifest(Uint8Array.of(...bytes, 0), offered)).to.equal(null);
    expect(decodeManifest(new Uint8Array(), offered)).to.equal(null);
  });

  it('[FT-3] leads nowhere, and names nothing twice', () => {
    const lies = encodeManifest([
      { path: '../../x', size: 1 },
      { path: 'x', size: 2 },
    ]);
    const paths = decodeManifest(lies, offered)?.map(({ path }) => path);
    expect(paths).to.deep.equal(['x', 'x (2)']);
  });
});

describe('[FT-2] the limits of offers', () => {
  const ada = { user: 'ada', role: 'speaker' };

  it('take none of a listener', () => {
    expect(new OfferLimits().check({ user: 'ada', role: 'listener' }, [], 0)).to.equal(
      'not-allowed',
    );
  });

  it('take as many of one user and of everybody as somebody can answer', () => {
    const limits = new OfferLimits();
    const pending = (user: string, count: number): string[] => Array<string>(count).fill(user);
    expect(limits.check(ada, pending('ada', 7), 0)).to.equal(null);
    expect(limits.check(ada, pending('ada', 8), 0)).to.equal('too-many');
    expect(limits.check(ada, pending('ben', 63), 0)).to.equal(null);
    expect(limits.check(ada, pending('ben', 64), 0)).to.equal('too-many');
  });

  it('take forty a minute of one user, though each is withdrawn at once', () => {
    const limits = new OfferLimits();
    for (let count = 0; count < 40; count += 1) expect(limits.check(ada, [], count)).to.equal(null);
    expect(limits.check(ada, [], 59_999)).to.equal('too-many');
    expect(limits.check({ user: 'ben', role: 'speaker' }, [], 59_999)).to.equal(null);
    expect(limits.check(ada, [], 120_000)).to.equal(null);
  });
});

describe('pictures', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
  const kinds: readonly (readonly [content: string, type: string | null])[] = [
    ['\x89PNG\r\n\x1a\n and more', 'image/png'],
    ['\xff\xd8\xff\xe0 and more', 'image/jpeg'],
    ['GIF87a', 'image/gif'],
    ['RIFF1234WEBPVP8 ', 'image/webp'],
    ['RIFF1234WAVEfmt ', null],
    ['\0\0\0\x20ftypavif', 'image/avif'],
    ['BM1234', 'image/bmp'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', null],
    ['<!doctype html>', null],
    ['%PDF-1.7', null],
    ['', null],
  ];
  for (const [content, type] of kinds)
    it(`${JSON.stringify(content)}: ${type ?? 'none'}`, () => {
      expect(sniffPicture(bytes(content))).to.equal(type);
    });
});

describe('the pace of a transfer', () => {
  it('is that of the last few seconds', () => {
    const pace = new TransferPace();
    for (let at = 0; at <= 10_000; at += 100)
      pace.add(at, at <= 5_000 ? at : 5_000 + (at - 5_000) * 3);
    expect(pace.speed(10_000, 20_000)).to.equal(3_000);
    expect(secondsLeft(9_001, 3_000)).to.equal(4);
    expect(secondsLeft(10, 0)).to.equal(null);
    pace.reset();
    expect(pace.speed(10_000, 20_000)).to.equal(0);
  });
});
