// Rows of the log: heads, days, and the "New" divider.
import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';

import { layOutRows } from './chat-rows.js';

const NOON = new Date(2026, 2, 4, 12).getTime();
const MINUTE = 60_000;

function entry(seq: number, at: number, changes: Partial<ChatEntry> = {}): ChatEntry {
  const base = { id: `m${seq}`, seq, at, user: 'ada', name: 'Ada', text: 'x' };
  return { ...base, kind: 'text', status: 'sent', ...changes };
}

const heads = (entries: readonly ChatEntry[]): readonly boolean[] =>
  layOutRows(entries, { user: 'me', newAfter: null }).map((row) => row.head);

describe('layOutRows', () => {
  it('gives one head to the messages of a person within five minutes', () => {
    const entries = [
      entry(1, NOON),
      entry(2, NOON + 3 * MINUTE),
      entry(3, NOON + 5 * MINUTE),
      entry(4, NOON + 5 * MINUTE + 1),
    ];
    expect(heads(entries)).to.deep.equal([true, false, false, true]);
  });

  it('starts a head when the person or their name changes', () => {
    const entries = [
      entry(1, NOON),
      entry(2, NOON, { user: 'ben', name: 'Ben' }),
      entry(3, NOON, { user: 'ben', name: 'Benjamin' }),
      entry(4, NOON),
    ];
    expect(heads(entries)).to.deep.equal([true, true, true, true]);
  });

  it('separates days in the time zone of the reader, each with a head', () => {
    const midnight = new Date(2026, 2, 5).getTime();
    const rows = layOutRows([entry(1, midnight - 1), entry(2, midnight)], {
      user: 'me',
      newAfter: null,
    });
    expect(rows.map((row) => row.newDay)).to.deep.equal([true, true]);
    expect(rows[1]?.head).to.equal(true);
  });

  it('puts one divider above the first new message of somebody else', () => {
    const entries = [
      entry(1, NOON),
      entry(2, NOON, { user: 'me' }),
      entry(3, NOON),
      entry(4, NOON),
      entry(5, NOON),
    ];
    const rows = layOutRows(entries, { user: 'me', newAfter: 1 });
    expect(rows.map((row) => row.firstNew)).to.deep.equal([false, false, true, false, false]);
  });

  it('keeps the key of a message from pending to sent, and never confuses it with the id of another', () => {
    const pending = entry(0, NOON, { id: 'mine', user: '', status: 'pending', seq: null });
    const sent = { ...pending, user: 'me', status: 'sent', seq: 7 } as const;
    const foreign = entry(8, NOON, { id: 'mine' });
    const keys = layOutRows([sent, foreign], { user: 'me', newAfter: null }).map((row) => row.key);
    expect(layOutRows([pending], { user: null, newAfter: null })[0]?.key).to.equal(keys[0]);
    expect(new Set(keys).size).to.equal(2);
  });

  it('has a unique key for every message, even if an author repeats an id', () => {
    const entries = [
      entry(1, NOON, { id: 'same' }),
      entry(2, NOON, { id: 'same' }),
      entry(3, NOON, { id: 'mine', user: 'me' }),
      entry(4, NOON, { id: 'mine', user: 'me' }),
      entry(5, NOON, { id: '2', user: 'me' }),
    ];
    const rows = layOutRows(entries, { user: 'me', newAfter: null });
    expect(new Set(rows.map((row) => row.key)).size).to.equal(entries.length);
  });
});
