import { expect } from '@esm-bundle/chai';
import type { ChatMessage, WelcomeChat } from '@rtc-elements/protocol';
import fc from 'fast-check';

import type { ChatEntry, ChatState } from '../../state/room-state.js';
import {
  acknowledge,
  addMessage,
  addPage,
  addPending,
  addWelcomePage,
  discard,
  EMPTY_CHAT,
  refuse,
} from './chat-log.js';

const message = (seq: number, id = `id-${seq}`): ChatMessage => ({
  seq,
  id,
  at: 1_000 * seq,
  user: 'ann',
  name: 'Ann',
  kind: 'text',
  text: `text ${seq}`,
});

const page = (from: number, to: number, more = false): WelcomeChat => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  more,
  rev: 0,
});

const pending = (id: string): ChatEntry => ({
  id,
  seq: null,
  at: 1,
  user: 'me',
  name: 'Me',
  text: id,
  kind: 'text',
  status: 'pending',
});

const seqs = (chat: ChatState): (number | null)[] => chat.entries.map((entry) => entry.seq);
const ids = (chat: ChatState): string[] => chat.entries.map((entry) => entry.id);

describe('chat log', () => {
  it('[CH-1] keeps the order of the room and shows a message once', () => {
    const chat = [2, 1, 3, 2].reduce((log, seq) => addMessage(log, message(seq)), EMPTY_CHAT);
    expect(seqs(chat)).to.deep.equal([1, 2, 3]);
    expect(chat.lastSeq).to.equal(3);
    expect(addMessage(chat, message(2))).to.equal(chat);
  });

  it('[CH-1] moves our message from pending to its place on the ack', () => {
    const written = addPending(
      addPending(addMessage(EMPTY_CHAT, message(1)), pending('a')),
      pending('b'),
    );
    const acked = acknowledge(written, { id: 'a', seq: 2, at: 99 }, 'me-here');
    expect(seqs(acked)).to.deep.equal([1, 2, null]);
    expect(acked.entries[1]).to.include({ status: 'sent', at: 99, user: 'me-here' });
    expect(acknowledge(acked, { id: 'a', seq: 2, at: 99 }, 'me-here')).to.equal(acked);
  });

  it('[CH-1] never lets another author replace a message of ours by reusing its id', () => {
    const ours = addMessage(EMPTY_CHAT, message(1, 'same'));
    const both = addMessage(ours, { ...message(2, 'same'), user: 'eve' });
    expect(seqs(both)).to.deep.equal([1, 2]);
  });

  it('[CH-1] replaces a pending message with the stored one when the ack was lost', () => {
    const chat = addWelcomePage(addPending(EMPTY_CHAT, pending('id-1')), page(1, 1));
    expect(ids(chat)).to.deep.equal(['id-1']);
    expect(seqs(chat)).to.deep.equal([1]);
  });

  it('[CH-2] extends the log with an older page, and says when there is no more', () => {
    const late = addWelcomePage(EMPTY_CHAT, page(6, 8, true));
    const whole = addPage(late, page(1, 5), 6);
    expect(seqs(whole)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([late.more, whole.more]).to.deep.equal([true, false]);
    expect(addPage(late, page(1, 2), 3), 'a page with a hole after it').to.equal(late);
  });

  it('appends the page of a welcome that continues what we hold', () => {
    const held = addWelcomePage(EMPTY_CHAT, page(1, 3));
    expect(seqs(addWelcomePage(held, page(4, 5, true)))).to.deep.equal([1, 2, 3, 4, 5]);
    expect(addWelcomePage(held, { messages: [], more: true, rev: 0 })).to.equal(held);
  });

  it('starts over after a welcome that leaves a gap, and keeps what is pending', () => {
    const held = addPending(addWelcomePage(EMPTY_CHAT, page(1, 3)), pending('a'));
    const chat = addWelcomePage(held, page(60, 61, true));
    expect(seqs(chat)).to.deep.equal([60, 61, null]);
    expect([chat.more, chat.lastSeq]).to.deep.equal([true, 61]);
    expect(seqs(acknowledge(chat, { id: 'a', seq: 4, at: 1 }, 'me'))).to.deep.equal([60, 61]);
  });

  it('starts over when the room restarts its numbering', () => {
    const held = addWelcomePage(EMPTY_CHAT, page(40, 42));
    const chat = addWelcomePage(held, page(1, 2));
    expect(seqs(chat)).to.deep.equal([1, 2]);
    expect(chat.lastSeq).to.equal(2);
  });

  it('shows a refused message as failed until it is discarded or retried', () => {
    const problem = { code: 'protocol', message: 'no', retryable: false } as const;
    const failed = refuse(addPending(EMPTY_CHAT, pending('a')), 'a', problem);
    expect(failed.entries[0]).to.include({ status: 'failed', problem });
    expect(addPending(failed, pending('a')).entries).to.deep.equal([pending('a')]);
    expect(discard(failed, 'a').entries).to.deep.equal([]);
    expect(discard(failed, 'b')).to.equal(failed);
  });

  it('keeps its order whatever arrives in whatever order (seed 20261121)', () => {
    const step = fc.oneof(
      fc
        .integer({ min: 1, max: 40 })
        .map((seq) => (chat: ChatState) => addMessage(chat, message(seq))),
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 9 }), fc.boolean()).map(
        ([from, size, more]) =>
          (chat: ChatState) =>
            addPage(chat, page(from, from + size, more), from + size + 1),
      ),
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -1, max: 9 }), fc.boolean()).map(
        ([from, size, more]) =>
          (chat: ChatState) =>
            addWelcomePage(chat, page(from, from + size, more)),
      ),
      fc
        .integer({ min: 1, max: 40 })
        .map((n) => (chat: ChatState) => addPending(chat, pending(`id-${n}`))),
      fc
        .integer({ min: 1, max: 40 })
        .map((n) => (chat: ChatState) => acknowledge(chat, { id: `id-${n}`, seq: n, at: n }, 'me')),
      fc.integer({ min: 1, max: 40 }).map((n) => (chat: ChatState) => discard(chat, `id-${n}`)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const chat = steps.reduce((log, apply) => apply(log), EMPTY_CHAT);
        const numbers = seqs(chat).filter((seq) => seq !== null);
        const firstPending = seqs(chat).indexOf(null);
        expect(numbers).to.deep.equal([...new Set(numbers)].sort((a, b) => a - b));
        if (firstPending >= 0)
          expect(
            seqs(chat)
              .slice(firstPending)
              .every((seq) => seq === null),
          ).to.equal(true);
        const waiting = chat.entries.filter((entry) => entry.seq === null).map((entry) => entry.id);
        expect(new Set(waiting).size).to.equal(waiting.length);
        expect(chat.lastSeq).to.be.at.least(numbers.at(-1) ?? 0);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it('[CH-8] keeps the version with the higher rev, whatever its source', () => {
    const held = addWelcomePage(EMPTY_CHAT, page(1, 3));
    const newer = { ...message(2), text: 'new', rev: 5, editedAt: 9 };
    const older = { ...message(2), text: 'old', rev: 4 };
    const text = (chat: ChatState): string | undefined => chat.entries[1]?.text;
    const edited = addMessage(held, newer);
    expect(text(edited)).to.equal('new');
    expect(text(addMessage(edited, older))).to.equal('new');
    expect(text(addPage(edited, page(1, 3), null))).to.equal('new');
    expect(text(addPage(held, { ...page(1, 1), messages: [newer] }, null))).to.equal('new');
    const deleted = { ...message(2), text: '', rev: 6, deleted: true as const };
    const entry = addMessage(edited, deleted).entries[1];
    expect([entry?.text, entry?.deleted, entry?.editedAt]).to.deep.equal(['', true, undefined]);
    expect(edited.lastRev).to.equal(5);
    expect(addMessage(edited, older).lastRev).to.equal(5);
  });

  it('[CH-8] ignores revisions of messages that are not shown', () => {
    const held = addWelcomePage(EMPTY_CHAT, page(6, 8, true));
    const chat = addMessage(held, { ...message(2), rev: 3 });
    expect(chat.entries).to.equal(held.entries);
    expect(chat.lastRev).to.equal(3);
  });

  it('[CH-8] catches up on revisions with a welcome', () => {
    const held = addWelcomePage(EMPTY_CHAT, page(6, 8, true));
    const revised = [
      { ...message(7), text: 'new', rev: 2 },
      { ...message(1), text: 'unseen', rev: 3 },
    ];
    const chat = addWelcomePage(held, { ...page(9, 9), rev: 3, revised });
    expect(chat.entries.map(({ text }) => text)).to.deep.equal([
      'text 6',
      'new',
      'text 8',
      'text 9',
    ]);
    expect(chat.lastRev).to.equal(3);
    expect(addWelcomePage(chat, { ...page(1, 2), rev: 0 }).lastRev, 'a room anew').to.equal(0);
  });
});
