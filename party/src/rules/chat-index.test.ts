import { expect } from '@esm-bundle/chai';
import { type ChatMessage, LIMITS } from '@rtc-elements/protocol';

import { sizeOf } from './chat.js';
import { ChatIndex, type IndexEntry, indexEntryOf } from './chat-index.js';

const message = (seq: number, text = 'x'): ChatMessage => ({
  seq,
  id: `m${seq}`,
  at: seq,
  user: 'u',
  name: 'Ann',
  kind: 'text',
  text,
});

/** An index of `count` messages, and what would be stored for them. */
function fill(most: number, count: number) {
  const index = new ChatIndex(most);
  const kept = new Map<number, IndexEntry>();
  const remembered = new Map<number, IndexEntry>();
  for (let seq = 1; seq <= count; seq += 1) {
    const { entry, dropped, forgotten } = index.place(message(seq));
    if (most > 0) kept.set(seq, entry);
    remembered.set(seq, entry);
    for (const gone of dropped) kept.delete(gone.seq);
    for (const gone of forgotten) remembered.delete(gone);
  }
  return { index, kept, remembered };
}

describe('the chat index', () => {
  it('[CH-1] recognises a resend by author and id, and by nothing else', () => {
    const { index } = fill(10, 3);
    expect(index.receipt('u', 'm2')).to.deep.equal({ seq: 2, at: 2 });
    expect(index.receipt('other', 'm2')).to.equal(null);
    expect(index.receipt('u', 'm4')).to.equal(null);
  });

  it('[CH-4] is the same after it is read from storage, whatever was kept', () => {
    for (const most of [0, 2, 250, 1_000]) {
      const { index, kept, remembered } = fill(most, 300);
      if (most > 0) {
        const revised = { ...message(299, 'longer than before'), rev: 7 };
        index.revise(revised);
        kept.set(299, indexEntryOf(revised));
      }
      const { rev } = index.ledger;
      const again = new ChatIndex(most, [...kept.values()], [...remembered.values()], rev);
      expect(again.ledger, `${most}`).to.deep.equal(index.ledger);
      expect(remembered.size).to.equal(Math.min(300, Math.max(most, LIMITS.outboxMessages)));
      expect(again.receipt('u', 'm150')).to.deep.equal({ seq: 150, at: 150 });
      expect(again.place(message(301)).forgotten).to.deep.equal(
        index.place(message(301)).forgotten,
      );
    }
  });

  it('[CH-2] makes pages of so many messages', () => {
    const { index } = fill(250, 300);
    expect(index.rangeBefore(Infinity, 50)).to.deep.equal([251, 300]);
    expect(index.rangeBefore(251, 50)).to.deep.equal([201, 250]);
    expect(index.rangeBefore(60, 50)).to.deep.equal([51, 59]);
    expect(index.rangeBefore(51, 50)).to.equal(null);
    expect(index.rangeBefore(0, 50)).to.equal(null);
    expect(index.rangeAfter(0, 50)).to.deep.equal([51, 100]);
    expect(index.rangeAfter(100, 1)).to.deep.equal([101, 101]);
    expect(index.rangeAfter(290, 50)).to.deep.equal([291, 300]);
    expect(index.rangeAfter(300, 50)).to.equal(null);
    expect(index.rangeAfter(9_999, 50)).to.equal(null);
    const nothing = fill(0, 3).index;
    expect([nothing.rangeBefore(Infinity, 50), nothing.rangeAfter(0, 50)]).to.deep.equal([
      null,
      null,
    ]);
  });

  it('[CH-2] makes pages of so many bytes, and of one message at least', () => {
    const index = new ChatIndex(1_000);
    const third = LIMITS.pageBytes / 3;
    for (let seq = 1; seq <= 10; seq += 1) index.place(message(seq, 'x'.repeat(third)));
    expect(index.rangeBefore(Infinity, 50)).to.deep.equal([9, 10]);
    expect(index.rangeAfter(0, 50)).to.deep.equal([1, 2]);
    index.place(message(11, 'x'.repeat(LIMITS.pageBytes)));
    expect(index.rangeBefore(Infinity, 50)).to.deep.equal([11, 11]);
    expect(index.rangeAfter(10, 50)).to.deep.equal([11, 11]);
    expect(index.rangeAfter(9, 50)).to.deep.equal([10, 10]);
  });

  it('[CH-4] drops the oldest by number and by size', () => {
    const { index } = fill(2, 2);
    expect(index.place(message(3)).dropped.map(({ seq }) => seq)).to.deep.equal([1]);
    const big = new ChatIndex(1_000);
    const text = 'x'.repeat(LIMITS.historyBytes / 4);
    const dropped = [1, 2, 3, 4, 5].flatMap((seq) => big.place(message(seq, text)).dropped);
    expect(dropped.map(({ seq }) => seq)).to.deep.equal([1, 2]);
    expect(big.ledger.bytes).to.equal(3 * sizeOf(message(3, text)));
  });

  it('[CH-1] does not forget a resend because of an older message under the same id', () => {
    const index = new ChatIndex(0);
    index.place({ ...message(1), id: 'same' });
    index.place({ ...message(2), id: 'same' });
    for (let seq = 3; seq <= LIMITS.outboxMessages + 1; seq += 1) index.place(message(seq));
    expect(index.receipt('u', 'same')?.seq).to.equal(2);
  });
});
