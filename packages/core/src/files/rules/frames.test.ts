import { expect } from '@esm-bundle/chai';
import fc from 'fast-check';

import { decodeUtf8, encodeUtf8 } from './bytes.js';
import {
  decodeFrame,
  encodeFrame,
  type FileFrame,
  fromHex,
  STOP_REASONS,
  toHex,
} from './frames.js';
import { MAX_BYTES, FILE_PART_BYTES, PIECE_BYTES } from './limits.js';
import type { Run } from './part-set.js';

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const id = bytes(16).map(toHex);
const hash = bytes(32);
const run = fc.nat(65_535);
const index = fc.nat(MAX_BYTES / FILE_PART_BYTES - 1);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const size = fc.nat(1_000_000);

const runs = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })))
  .map((steps) => {
    let next = 0;
    return steps.map(([gap, length]): Run => {
      const first = next + gap;
      next = first + length;
      return [first, length];
    });
  });

const offer = fc
  .record({
    id,
    secret: id,
    offer: id,
    isRequested: fc.boolean(),
    kind: fc.constantFrom<'file' | 'files' | 'folder'>('file', 'files', 'folder'),
    content: size,
    name: text,
    mime: text,
    paths: fc.array(text, { maxLength: 20 }),
  })
  .map(({ kind, content, paths, ...rest }): FileFrame => {
    const manifestBytes = kind === 'file' ? 0 : 100;
    const shown = kind === 'file' ? paths.slice(0, 1) : paths;
    return {
      ...rest,
      type: 'offer',
      kind,
      manifestBytes,
      size: content + manifestBytes,
      count: kind === 'file' ? 1 : Math.max(1, paths.length),
      sample: shown.map((path) => ({ path, size: Math.min(content, 7) })),
    };
  });

const typed = (type: FileFrame['type'], fields: object): fc.Arbitrary<FileFrame> =>
  fc.record({ type: fc.constant(type), id, ...fields }) as unknown as fc.Arbitrary<FileFrame>;

const frames = fc.oneof(
  offer,
  typed('want', {}),
  typed('accept', { secret: id, run, credit: size, check: hash, have: runs }),
  typed('piece', {
    run,
    index,
    offset: fc.nat(FILE_PART_BYTES - PIECE_BYTES),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  }),
  typed('part', { run, index, hash }),
  typed('credit', { run, credit: size, stored: size }),
  typed('need', { run, index }),
  typed('end', { run, digest: hash }),
  typed('done', { digest: hash }),
  typed('pause', { on: fc.boolean() }),
  typed('stop', { reason: fc.constantFrom(...STOP_REASONS), words: text }),
);

describe('the frames of a transfer', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).to.deep.equal(frame);
      }),
      { seed: 45, numRuns: 500 },
    );
  });

  it('[FT-9] are ignored when they are cut off, too long or anything else', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.uint8Array({ maxLength: 300 }), (frame, cut, junk) => {
        const whole = new Uint8Array(encodeFrame(frame));
        const shorter = whole.slice(0, cut % whole.length);
        // A shorter piece is a piece: its length is that of its frame.
        if (frame.type !== 'piece') {
          expect(decodeFrame(shorter.buffer)).to.equal(null);
          expect(decodeFrame(Uint8Array.of(...whole, 0).buffer)).to.equal(null);
        }
        expect(() => decodeFrame(junk.slice().buffer)).not.to.throw();
        const changed = whole.slice();
        changed[cut % whole.length] = (changed[cut % whole.length] ?? 0) ^ 0x80;
        expect(() => decodeFrame(changed.buffer)).not.to.throw();
      }),
      { seed: 46, numRuns: 500 },
    );
    expect(decodeFrame('a text')).to.equal(null);
    expect(decodeFrame(new ArrayBuffer(0))).to.equal(null);
  });

  it('[FT-9] are refused when their figures cannot be', () => {
    const piece = { type: 'piece', id: '00'.repeat(16), run: 0, index: 0, offset: 0 } as const;
    const zeros = (length: number): Uint8Array => new Uint8Array(length);
    const refused: readonly FileFrame[] = [
      { ...piece, bytes: zeros(0) },
      { ...piece, bytes: zeros(PIECE_BYTES + 1) },
      { ...piece, offset: FILE_PART_BYTES, bytes: zeros(1) },
      { ...piece, index: MAX_BYTES / FILE_PART_BYTES, bytes: zeros(1) },
      { type: 'need', id: piece.id, run: 0, index: 0xffffffff },
      { type: 'credit', id: piece.id, run: 0, credit: -1, stored: 0 },
      { type: 'credit', id: piece.id, run: 0, credit: NaN, stored: 0 },
      { type: 'credit', id: piece.id, run: 0, credit: Infinity, stored: 0 },
      { type: 'credit', id: piece.id, run: 0, credit: 0.5, stored: 0 },
      { type: 'credit', id: piece.id, run: 0, credit: 0, stored: MAX_BYTES + 1 },
    ];
    for (const frame of refused) expect(decodeFrame(encodeFrame(frame)), frame.type).to.equal(null);
    const accept = { type: 'accept', id: piece.id, secret: piece.id, run: 1, credit: 0 } as const;
    const lists: readonly (readonly Run[])[] = [
      [[0, 0]],
      [
        [5, 1],
        [0, 1],
      ],
      [
        [0, 2],
        [1, 1],
      ],
      [[0, 0xffffffff]],
    ];
    for (const have of lists)
      expect(decodeFrame(encodeFrame({ ...accept, check: zeros(32), have }))).to.equal(null);
  });

  it('[FT-9] refuse offers of too much, of nothing, and of a manifest that is larger than all', () => {
    const base = {
      type: 'offer',
      id: '00'.repeat(16),
      secret: '11'.repeat(16),
      offer: '22'.repeat(16),
      kind: 'files',
      isRequested: false,
      size: 200,
      manifestBytes: 100,
      count: 2,
      name: 'files.zip',
      mime: '',
      sample: [],
    } as const;
    expect(decodeFrame(encodeFrame(base))).not.to.equal(null);
    const lies: readonly Partial<FileFrame & { readonly type: 'offer' }>[] = [
      { size: MAX_BYTES + 1 },
      { size: 99 },
      { manifestBytes: 0 },
      { count: 0 },
      { count: 10_001 },
      { kind: 'file' },
      { name: 'x'.repeat(256) },
      { sample: [{ path: 'x', size: 201 }] },
      { sample: Array.from({ length: 3 }, () => ({ path: 'x', size: 1 })) },
    ];
    for (const lie of lies)
      expect(decodeFrame(encodeFrame({ ...base, ...lie })), JSON.stringify(lie)).to.equal(null);
  });

  it('have texts that are UTF-8, as browsers read it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (words) => {
        const encoded = encodeUtf8(words);
        expect(encoded).to.deep.equal(new TextEncoder().encode(words));
        expect(decodeUtf8(encoded)).to.equal(new TextDecoder().decode(encoded));
      }),
      { seed: 47, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (raw) => {
        const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        let wanted: string | null = null;
        try {
          wanted = strict.decode(raw.slice());
        } catch {
          // Not UTF-8.
        }
        let found: string | null = null;
        try {
          found = decodeUtf8(raw);
        } catch {
          // The same.
        }
        expect(found).to.equal(wanted);
      }),
      { seed: 48, numRuns: 3_000 },
    );
    expect(toHex(fromHex('00ff10'))).to.equal('00ff10');
  });
});
