import { expect } from '@esm-bundle/chai';

import { givePartBuffer, takePartBuffer } from './part-buffers.js';
import { readBlob } from './read-blob.js';
import { FILE_PART_BYTES } from './rules/limits.js';

const part = (seed: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: FILE_PART_BYTES }, (_, index) => (index * seed) % 251);

describe('the memory of parts', () => {
  it('is that of a part that was done with, and never of two at a time', () => {
    const one = takePartBuffer(FILE_PART_BYTES);
    const { buffer } = one;
    givePartBuffer(one);
    givePartBuffer(one);
    const taken = [1, 2].map(() => takePartBuffer(FILE_PART_BYTES).buffer);
    expect(taken.filter((memory) => memory === buffer)).to.have.length(1);
  });

  it('has the length that was asked for', () => {
    givePartBuffer(takePartBuffer(10));
    expect(takePartBuffer(7).length).to.equal(7);
    expect(takePartBuffer(FILE_PART_BYTES).length).to.equal(FILE_PART_BYTES);
  });

  it('takes what a blob says, in one memory or in several', async () => {
    for (const [size, seed] of [
      [FILE_PART_BYTES, 31],
      [FILE_PART_BYTES, 17],
      [1_000, 7],
      [0, 1],
    ] as const) {
      const bytes = part(seed).slice(0, size);
      const read = await readBlob(new Blob(['before', bytes.slice(0, 3), bytes.slice(3)]).slice(6));
      expect(read.length).to.equal(size);
      expect(read.every((byte, index) => byte === bytes[index])).to.equal(true);
      givePartBuffer(read);
    }
  });

  it('is taken also where a browser has no streams of bytes', async () => {
    const bytes = part(13);
    const blob = new Blob([bytes]);
    // As in Safari.
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        controller.enqueue(bytes.slice(0, 100_000));
        controller.enqueue(bytes.slice(100_000));
        controller.close();
      },
    });
    blob.stream = () => stream;
    const read = await readBlob(blob);
    expect(read.every((byte, index) => byte === bytes[index])).to.equal(true);
  });
});
