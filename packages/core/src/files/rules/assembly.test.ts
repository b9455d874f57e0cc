import { expect } from '@esm-bundle/chai';

import { seededRandom } from '../../../../../tests/support/seeded-random.js';
import { Assembly } from './assembly.js';
import { FILE_PART_BYTES, PIECE_BYTES, WINDOW_BYTES } from './limits.js';
import { PartSet } from './part-set.js';
import { SendPlan } from './send-plan.js';

const id = '00'.repeat(16);
const hash = new Uint8Array(32);
const piece = (index: number, offset: number, length = PIECE_BYTES, run = 1) =>
  ({ type: 'piece', id, run, index, offset, bytes: new Uint8Array(length) }) as const;
const part = (index: number, run = 1) => ({ type: 'part', id, run, index, hash }) as const;
const end = (run = 1) => ({ type: 'end', id, run, digest: hash }) as const;

function begin(size: number): { readonly assembly: Assembly; readonly parts: PartSet } {
  const parts = new PartSet(size);
  const assembly = new Assembly(size, parts, (length) => new Uint8Array(length));
  assembly.begin();
  return { assembly, parts };
}

/** All pieces of a part, and its hash. */
function fill(assembly: Assembly, index: number): ReturnType<Assembly['part']> {
  for (let offset = 0; offset < FILE_PART_BYTES; offset += PIECE_BYTES)
    expect(assembly.piece(piece(index, offset)).kind).to.equal('none');
  return assembly.part(part(index));
}

describe('putting parts together', () => {
  const lies: Readonly<Record<string, (assembly: Assembly) => { readonly kind: string }>> = {
    'a part beyond the size': (to) => to.piece(piece(3, 0)),
    'a piece that does not follow': (to) => to.piece(piece(0, PIECE_BYTES)),
    'a piece that comes twice': (to) => (to.piece(piece(0, 0)), to.piece(piece(0, 0))),
    'a piece of another part before one is whole': (to) => (
      to.piece(piece(0, 0)),
      to.piece(piece(1, 0))
    ),
    'more bytes than the last part has': (to) => to.piece(piece(2, 0, 2)),
    'the hash of a part that is not whole': (to) => (to.piece(piece(0, 0)), to.part(part(0))),
    'the hash of a part of which nothing came': (to) => to.part(part(0)),
    'the hash of another part': (to) => (to.piece(piece(0, 0)), to.part(part(1))),
    'an end with nothing sent': (to) => to.end(end()),
    'an end in the middle of a part': (to) => (to.piece(piece(0, 0)), to.end(end())),
    'a part that is there already': (to) => (
      fill(to, 0),
      to.stored(1, { index: 0, hash, bytes: new Uint8Array() }),
      to.piece(piece(0, 0))
    ),
    'a part that is being verified': (to) => (fill(to, 0), to.piece(piece(0, 0))),
  };
  for (const [what, lie] of Object.entries(lies))
    it(`[FT-9] breaks off at ${what}`, () => {
      const { assembly } = begin(2 * FILE_PART_BYTES + 1);
      expect(lie(assembly).kind).to.equal('broken');
    });

  it('[FT-4] breaks off when more comes than it gave credit for, and holds no more than that', () => {
    const { assembly } = begin(100 * FILE_PART_BYTES);
    let index = 0;
    for (; index < WINDOW_BYTES / FILE_PART_BYTES; index += 1) fill(assembly, index);
    expect(assembly.heldBytes).to.equal(WINDOW_BYTES);
    expect(assembly.piece(piece(index, 0, 1)).kind).to.equal('broken');
  });

  it('[FT-6] drops what belongs to an earlier run', () => {
    const { assembly } = begin(3 * FILE_PART_BYTES);
    assembly.piece(piece(0, 0));
    assembly.begin();
    expect(assembly.piece(piece(0, PIECE_BYTES)).kind).to.equal('stale');
    expect(assembly.part(part(0)).kind).to.equal('stale');
    expect(assembly.end(end()).kind).to.equal('stale');
    expect(assembly.piece(piece(0, 0, PIECE_BYTES, 2)).kind).to.equal('none');
  });

  it('[FT-5] waits for a part that is on its way again, whatever end was sent meanwhile', () => {
    const { assembly, parts } = begin(FILE_PART_BYTES);
    fill(assembly, 0);
    expect(assembly.damaged(1, 0).kind).to.equal('none');
    expect(assembly.end(end()).kind).to.equal('none');
    fill(assembly, 0);
    expect(assembly.end(end()).kind).to.equal('none');
    const ended = assembly.stored(1, { index: 0, hash, bytes: new Uint8Array() });
    expect(ended.kind).to.equal('ended');
    expect(parts.isComplete).to.equal(true);
  });

  it('[FT-9] stays within its credit and never throws, whatever comes', () => {
    const random = seededRandom(16);
    const pick = (most: number): number => Math.floor(random() * most);
    for (let round = 0; round < 300; round += 1) {
      const size = 1 + pick(12 * FILE_PART_BYTES);
      const { assembly } = begin(size);
      for (let step = 0; step < 60; step += 1) {
        const index = pick(14);
        const run = random() < 0.9 ? 1 : pick(4);
        const result = [
          () => assembly.piece(piece(index, pick(17) * PIECE_BYTES, 1 + pick(PIECE_BYTES), run)),
          () => assembly.part(part(index, run)),
          () => assembly.end(end(run)),
          () => assembly.damaged(run, index),
        ][pick(4)]?.();
        expect(assembly.heldBytes).to.be.at.most(WINDOW_BYTES + 14 * FILE_PART_BYTES);
        if (result?.kind === 'broken') break;
      }
    }
  });
});

describe('what a sender sends', () => {
  it('[FT-5] is what the receiver does not have, in order, and once more what it needs again', () => {
    const plan = new SendPlan(
      10 * FILE_PART_BYTES,
      [
        [0, 2],
        [4, 5],
      ],
      1_000,
    );
    expect([plan.take(), plan.take()]).to.deep.equal([2, 3]);
    expect(plan.need(3)).to.equal(true);
    expect([plan.take(), plan.peek(), plan.take(), plan.take()]).to.deep.equal([3, 9, 9, null]);
  });

  const lies: Readonly<Record<string, (plan: SendPlan) => boolean>> = {
    'that was not sent': (plan) => plan.need(1),
    'that the receiver has': (plan) => plan.need(5),
    'that does not exist': (plan) => plan.need(99),
    'twice at once': (plan) => (plan.need(0), plan.need(0)),
    'for ever': (plan) => {
      for (let time = 0; time < 3; time += 1) {
        plan.need(0);
        plan.take();
      }
      return plan.need(0);
    },
  };
  for (const [what, lie] of Object.entries(lies))
    it(`[FT-9] is not a part asked for again ${what}`, () => {
      const plan = new SendPlan(10 * FILE_PART_BYTES, [[5, 1]], 1_000);
      plan.take();
      expect(lie(plan)).to.equal(false);
    });

  it('[FT-4] is never more than the credit, which only grows', () => {
    const plan = new SendPlan(10, [], 100);
    plan.spend(60);
    expect(plan.allowance).to.equal(40);
    plan.grant(50);
    expect(plan.allowance).to.equal(40);
    plan.grant(200);
    expect(plan.allowance).to.equal(140);
  });
});
