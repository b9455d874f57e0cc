// The position of the "New" divider.
import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';

import { moveDivider } from './new-divider.js';

/** A chat of these authors, in order, numbered from 1. */
const chatOf = (...users: readonly string[]): readonly ChatEntry[] =>
  users.map((user, index) => {
    const base = { id: `m${index}`, seq: index + 1, at: 0, user, name: user, text: 'x' };
    return { ...base, kind: 'text', status: 'sent' };
  });

describe('moveDivider', () => {
  it('puts it above the first unread message of somebody else', () => {
    const facts = { user: 'me', unread: 2, wasUnread: 0, seen: false };
    const entries = chatOf('ada', 'ben', 'me', 'ben');
    expect(moveDivider(null, { ...facts, entries })).to.equal(1);
    expect(moveDivider(null, { ...facts, entries: chatOf('ada'), unread: 9 })).to.equal(0);
  });

  it('leaves it in place while more messages arrive unseen, and while they are read', () => {
    const entries = chatOf('ada', 'ben', 'ben');
    const facts = { entries, user: 'me', wasUnread: 1 };
    expect(moveDivider(1, { ...facts, unread: 2, seen: false })).to.equal(1);
    expect(moveDivider(1, { ...facts, unread: 2, seen: true })).to.equal(1);
    expect(moveDivider(1, { ...facts, wasUnread: 0, unread: 0, seen: true })).to.equal(1);
  });

  it('moves it down when a message arrives unseen after everything was read', () => {
    const facts = { entries: chatOf('ada', 'ben', 'ada'), user: 'me', unread: 1, wasUnread: 0 };
    expect(moveDivider(1, { ...facts, seen: false })).to.equal(2);
  });

  it('shows none for a message that is seen as it arrives', () => {
    const facts = { entries: chatOf('ada', 'ben'), user: 'me', unread: 1, wasUnread: 0 };
    expect(moveDivider(null, { ...facts, seen: true })).to.equal(null);
  });

  it('removes it when the local user writes, but not for a message that failed', () => {
    const entries = chatOf('ada', 'ben', 'me');
    const facts = { user: 'me', unread: 0, wasUnread: 0, seen: true };
    expect(moveDivider(1, { ...facts, entries })).to.equal(null);
    const failed = entries.map((entry) =>
      entry.user === 'me' ? { ...entry, seq: null, status: 'failed' as const } : entry,
    );
    expect(moveDivider(1, { ...facts, entries: failed })).to.equal(1);
  });
});
