import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { headerBytes, IV_BYTES, joinFrame, splitFrame } from './frame-format.js';

describe('the format of an encrypted frame', () => {
  it('leaves readable what browsers read, and no more', () => {
    const table = [
      ['audio', 'audio/opus', false, 1],
      ['audio', undefined, false, 1],
      ['video', 'video/VP8', true, 10],
      ['video', 'video/VP8', false, 3],
      ['video', undefined, true, 10],
      ['video', 'video/VP9', true, 0],
      ['video', 'video/H264', true, null],
      ['video', 'video/AV1', false, null],
      ['audio', 'audio/PCMU', false, null],
      ['audio', 'constructor', false, null],
    ] as const;
    for (const [kind, mimeType, isKeyFrame, bytes] of table) {
      expect(headerBytes({ kind, mimeType, isKeyFrame }), `${mimeType}`).to.equal(bytes);
    }
  });

  it('splits what it has joined', () => {
    const bytes = (options: fc.IntArrayConstraints): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
      fc.uint8Array(options).map((array) => new Uint8Array(array));
    fc.assert(
      fc.property(
        bytes({ maxLength: 10 }),
        bytes({ minLength: 16, maxLength: 300 }),
        bytes({ minLength: IV_BYTES, maxLength: IV_BYTES }),
        fc.integer({ min: 0, max: 15 }),
        (header, encrypted, iv, keyIndex) => {
          const parts = splitFrame(joinFrame({ header, encrypted, iv, keyIndex }), header.length);
          expect(parts).to.deep.equal({ header, encrypted, iv, keyIndex });
        },
      ),
      { seed: 1 },
    );
  });

  it('finds nothing in a frame that is too short', () => {
    const shortest = 16 + IV_BYTES + 1;
    for (let length = 0; length < shortest; length += 1) {
      expect(splitFrame(new Uint8Array(length), 1), `${length}`).to.equal(null);
    }
    // All of it was header, whatever the codec says.
    expect(splitFrame(new Uint8Array(shortest + 2), 10)?.header.length).to.equal(2);
  });
});
