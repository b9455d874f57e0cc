import { expect } from '@esm-bundle/chai';

import { PART_BYTES, PART_KIND, PartJoiner, partsOf } from './parts.js';

const MOST = 1_000_000;

/** A frame that is the same each time. */
const frameOf = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251);

/** A part whose header says whatever the test wants. */
function part(id: number, index: number, count: number, size: number, bytes: number): Uint8Array {
  const lie = new Uint8Array(17 + bytes);
  const head = new DataView(lie.buffer);
  head.setUint8(0, PART_KIND);
  [id, index, count, size].forEach((value, at) => head.setUint32(1 + 4 * at, value));
  return lie;
}

describe('parts', () => {
  for (const size of [PART_BYTES + 1, 2 * PART_BYTES, 100_000, MOST]) {
    it(`[DA-4] join a frame of ${size} bytes again`, () => {
      const frame = frameOf(size);
      const joiner = new PartJoiner(MOST);
      const joined = [...partsOf(frame, 7)].map((one) => joiner.add(one, 0));
      expect(joined.slice(0, -1).every((one) => one === null)).to.equal(true);
      expect(joined.at(-1)).to.deep.equal(frame);
    });
  }

  it('[DA-4] of several messages may alternate, eight at a time', () => {
    const joiner = new PartJoiner(MOST);
    const frame = frameOf(2 * PART_BYTES);
    const all = Array.from({ length: 9 }, (_, id) => [...partsOf(frame, id)]);
    for (const [first] of all) joiner.add(first ?? new Uint8Array(), 0);
    const joined = all.map(([, last]) => joiner.add(last ?? new Uint8Array(), 0));
    expect(joined.filter((one) => one !== null)).to.have.length(8);
    expect(joined.at(-1), 'the ninth was dropped').to.equal(null);
  });

  const two = 2 * PART_BYTES;
  for (const [what, parts] of [
    ['has no bytes', [part(1, 0, 2, two, 0)]],
    ['is shorter than its header', [new Uint8Array([PART_KIND, 1, 2])]],
    ['says that there are none', [part(1, 0, 0, two, PART_BYTES)]],
    [
      'says more parts than fit the size',
      [part(1, 0, 3, two, PART_BYTES), part(1, 1, 3, two, PART_BYTES)],
    ],
    ['says 4 GiB', [part(1, 0, 262_144, 0xffff_ffff, PART_BYTES)]],
    ['says more than may be', [part(1, 0, 62, MOST + 1, PART_BYTES)]],
    ['is no message of parts at all', [part(1, 0, 1, 10, 10)]],
    ['begins in the middle', [part(1, 1, 2, two, PART_BYTES)]],
    [
      'comes twice',
      [
        part(1, 0, 3, 40_000, PART_BYTES),
        part(1, 1, 3, 40_000, PART_BYTES),
        part(1, 1, 3, 40_000, PART_BYTES),
      ],
    ],
    [
      'leaves one out',
      [part(1, 0, 3, 40_000, PART_BYTES), part(1, 2, 3, 40_000, 40_000 - 2 * PART_BYTES)],
    ],
    ['changes the number', [part(1, 0, 2, two, PART_BYTES), part(1, 1, 3, two, PART_BYTES)]],
    ['changes the size', [part(1, 0, 2, two, PART_BYTES), part(1, 1, 2, two - 1, PART_BYTES - 1)]],
    ['is larger than said', [part(1, 0, 2, two, PART_BYTES), part(1, 1, 2, two, PART_BYTES + 1)]],
    ['is smaller than said', [part(1, 0, 2, two, PART_BYTES), part(1, 1, 2, two, PART_BYTES - 1)]],
    [
      'has an index beyond the last',
      [part(1, 0, 2, two, PART_BYTES), part(1, 2, 2, two, PART_BYTES)],
    ],
  ] as const) {
    it(`[DA-4] drops a message of which a part ${what}, and keeps nothing of it`, () => {
      const joiner = new PartJoiner(MOST);
      expect(parts.map((one) => joiner.add(one, 0)).every((one) => one === null)).to.equal(true);
      const frame = frameOf(MOST);
      const joined = [...partsOf(frame, 2)].map((one) => joiner.add(one, 0)).at(-1);
      // An unfinished first part counts, so the largest frame fits only once that is late.
      const again = [...partsOf(frame, 3)].map((one) => joiner.add(one, 30_001)).at(-1);
      expect(joined ?? again).to.deep.equal(frame);
    });
  }

  it('[DA-4] hold no more than the largest message, all together', () => {
    const joiner = new PartJoiner(MOST);
    let held = 0;
    for (let id = 0; id < 8; id += 1) {
      const parts = [...partsOf(frameOf(MOST), id)].slice(0, -1);
      for (const one of parts) joiner.add(one, 0);
      const last = [...partsOf(frameOf(MOST), id)].at(-1);
      if (last && joiner.add(last, 0)) held += 1;
    }
    expect(held, 'each was joined before the next').to.equal(8);
    const greedy = new PartJoiner(MOST);
    const all = Array.from({ length: 8 }, (_, id) => [...partsOf(frameOf(MOST), id)]);
    let joined = 0;
    for (let index = 0; index < 62; index += 1) {
      for (const parts of all) if (greedy.add(parts[index] ?? new Uint8Array(), 0)) joined += 1;
    }
    expect(joined, 'eight at once do not fit').to.be.below(8);
  });

  it('[DA-4] forget a message whose next part is 30 s late', () => {
    const joiner = new PartJoiner(MOST);
    const [first, last] = partsOf(frameOf(20_000), 1);
    joiner.add(first ?? new Uint8Array(), 0);
    expect(joiner.add(last ?? new Uint8Array(), 30_001)).to.equal(null);
  });
});
