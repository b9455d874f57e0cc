// The pure rules about messages: what may be done with one, who has seen it, where a query matches.
import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';

import { fakePeer, fakeYou } from '../../../../tests/support/fake-room.js';
import { seenBy } from './log/seen-by.js';
import { splitByQuery } from './search/split-by-query.js';
import { rightsTo } from './tools/message-rights.js';

const you = fakeYou();

function message(over: Partial<ChatEntry> = {}): ChatEntry {
  const base = { id: 'a', seq: 1, at: 0, user: you.user, name: 'Lin Wei', text: 'x' };
  return { ...base, kind: 'text', status: 'sent', ...over };
}

describe('rightsTo', () => {
  it('allows nothing with messages that are not sent yet or are deleted', () => {
    const none = { answer: false, edit: false, remove: false };
    expect(rightsTo(message({ status: 'pending', seq: null }), you)).to.deep.equal(none);
    expect(rightsTo(message({ deleted: true, text: '' }), fakeYou({ role: 'host' }))).to.deep.equal(
      none,
    );
  });

  it('lets a host delete the messages of others, and nobody edit them', () => {
    const theirs = message({ user: 'user-ada' });
    expect(rightsTo(theirs, fakeYou({ role: 'host' }))).to.include({ edit: false, remove: true });
    expect(rightsTo(theirs, you)).to.include({ answer: true, edit: false, remove: false });
  });

  it('follows the token, if it says what is allowed, rather than the role', () => {
    const theirs = message({ user: 'user-ada' });
    expect(rightsTo(theirs, fakeYou({ can: ['chat', 'moderate'] })).remove).to.equal(true);
    expect(rightsTo(theirs, fakeYou({ role: 'host', can: ['chat'] })).remove).to.equal(false);
  });
});

describe('seenBy', () => {
  const entries = [message(), message({ seq: 2 }), message({ seq: 3, user: 'user-ada' })];

  it('names each person once, and not the local user’s other windows', () => {
    const peers = [
      fakePeer('Ben', { read: 2 }),
      fakePeer('Ben', { read: 3, session: 'other' }),
      fakePeer('Lin Wei', { read: 3 }),
      fakePeer('Chen', { read: 1 }),
    ];
    expect(seenBy(entries, peers, you.user)).to.deep.equal({ seq: 2, names: ['Ben'] });
  });

  it('is null for messages that are not sent yet, or that nobody has read', () => {
    const pending = message({ seq: null, status: 'pending' });
    expect(seenBy([pending], [fakePeer('Ben', { read: 9 })], you.user)).to.equal(null);
    expect(seenBy(entries, [fakePeer('Ben')], you.user)).to.equal(null);
  });
});

describe('splitByQuery', () => {
  it('finds every match, ignoring case, and loses no text', () => {
    const pieces = splitByQuery('Tea, tea and TEAPOT', 'tea');
    expect(pieces.filter(({ hit }) => hit).map(({ text }) => text)).to.deep.equal([
      'Tea',
      'tea',
      'TEA',
    ]);
    expect(pieces.map(({ text }) => text).join('')).to.equal('Tea, tea and TEAPOT');
  });

  it('does not split a text whose length changes with its case', () => {
    expect(splitByQuery('İstanbul', 'i')).to.deep.equal([{ text: 'İstanbul', hit: false }]);
  });
});
