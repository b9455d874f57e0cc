import { expect } from '@esm-bundle/chai';
import { type ChatMessage, LIMITS } from '@rtc-elements/protocol';

import {
  countThatFits,
  dropOldest,
  emptyLedger,
  isOverfull,
  newestThatFit,
  oldestSeq,
  record,
  sizeOf,
  welcomePage,
} from './chat.js';

const message = (seq: number): ChatMessage => ({
  seq,
  id: `m${seq}`,
  at: seq,
  user: 'u',
  name: 'Ann',
  kind: 'text',
  text: 'é',
});
const ledgerOf = (count: number) =>
  Array.from({ length: count }, (_, index) => message(index + 1)).reduce(
    (ledger, message) => record(ledger, sizeOf(message)),
    emptyLedger,
  );

describe('the chat ledger', () => {
  it('[CH-4] counts messages and bytes, and drops the oldest first', () => {
    const ledger = ledgerOf(3);
    expect(ledger).to.deep.equal({ seq: 3, count: 3, bytes: 3 * sizeOf(message(1)), rev: 0 });
    expect(sizeOf(message(1))).to.equal(JSON.stringify(message(1)).length + 1);
    expect([isOverfull(ledger, 3), isOverfull(ledger, 2)]).to.deep.equal([false, true]);
    expect(isOverfull({ ...ledger, bytes: LIMITS.historyBytes + 1 }, 1_000)).to.equal(true);
    const less = dropOldest(ledger, sizeOf(message(1)));
    expect([oldestSeq(less), less.count, less.seq]).to.deep.equal([2, 2, 3]);
  });

  it('[CH-2] continues what a client holds only where there is no gap', () => {
    const ledger = ledgerOf(10);
    const newest = [8, 9, 10].map(message);
    const recent = { newest, revisedSince: () => [] };
    const seqs = (lastSeq?: number): number[] =>
      welcomePage(ledger, recent, lastSeq === undefined ? {} : { lastSeq }).messages.map(
        ({ seq }) => seq,
      );
    expect(seqs()).to.deep.equal([8, 9, 10]);
    expect(seqs(7)).to.deep.equal([8, 9, 10]);
    expect(seqs(9)).to.deep.equal([10]);
    expect(seqs(10)).to.deep.equal([]);
    expect(seqs(6)).to.deep.equal([8, 9, 10]);
    expect(seqs(11)).to.deep.equal([8, 9, 10]);
  });

  it('[CH-8] includes the revisions of what a client holds, or starts it over with a page', () => {
    const ledger = { ...ledgerOf(10), rev: 5 };
    const newest = [8, 9, 10].map(message);
    const revised = [
      { ...message(2), rev: 4 },
      { ...message(9), rev: 5 },
    ];
    const recent = { newest, revisedSince: (rev: number) => (rev < 3 ? null : revised) };
    const page = welcomePage(ledger, recent, { lastSeq: 8, lastRev: 3 });
    expect(page.messages.map(({ seq }) => seq)).to.deep.equal([9, 10]);
    expect(page.revised?.map(({ seq }) => seq)).to.deep.equal([2]);
    expect(page.rev).to.equal(5);
    const anew = welcomePage(ledger, recent, { lastSeq: 10, lastRev: 2 });
    expect(anew).to.deep.equal({ messages: newest, more: true, rev: 5 });
    // A page that began right after the client's last message would look like its continuation.
    const apart = welcomePage(ledger, recent, { lastSeq: 7, lastRev: 0 });
    expect(apart.messages.map(({ seq }) => seq)).to.deep.equal([9, 10]);
  });

  it('[CH-2] takes what fits a page, and at least one message', () => {
    const long = (seq: number): ChatMessage => ({
      ...message(seq),
      text: '\u{1F600}'.repeat(LIMITS.textLength),
    });
    const huge = { ...long(9), text: '\u{1F600}'.repeat(3 * LIMITS.textLength) };
    const counts = [[], [1, 2, 3].map(message), [1, 2, 3].map(long), [huge, message(10)]].map(
      countThatFits,
    );
    expect(counts).to.deep.equal([0, 3, 2, 1]);
    const newest = newestThatFit([long(1), long(2), message(3), long(4)]);
    expect(newest.map(({ seq }) => seq)).to.deep.equal([2, 3, 4]);
    expect(newestThatFit([])).to.deep.equal([]);
  });

  it('[CH-2] [CH-8] starts a client over whose missing messages and revisions do not fit a page', () => {
    const text = '\u{1F600}'.repeat(LIMITS.textLength);
    const newest = [8, 9, 10].map((seq) => ({ ...message(seq), text }));
    const ledger = { ...ledgerOf(10), rev: 1 };
    const seqs = (lastSeq: number, revised: readonly ChatMessage[] = []): number[] =>
      welcomePage(
        ledger,
        { newest, revisedSince: () => revised },
        { lastSeq, lastRev: 0 },
      ).messages.map(({ seq }) => seq);
    // Two fit: they are what is missing, or the newest page.
    expect(seqs(8)).to.deep.equal([9, 10]);
    expect(seqs(7)).to.deep.equal([9, 10]);
    // With a revision of what it holds they do not fit, and the page must not look like a continuation.
    expect(seqs(8, [{ ...message(3), text, rev: 1 }])).to.deep.equal([10]);
    expect(welcomePage(ledger, { newest, revisedSince: () => [] }, {}).more).to.equal(true);
  });
});
