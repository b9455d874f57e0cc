// The pure rules about lines: what may be done with one, who has seen it, where a word is in it.
import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';

import { fakePeer, fakeYou } from '../../../../tests/support/fake-room.js';
import { seenBy } from './log/seen-by.js';
import { splitByQuery } from './search/split-by-query.js';
import { rightsTo } from './tools/message-rights.js';

const you = fakeYou();

function line(over: Partial<ChatEntry> = {}): ChatEntry {
  const base = { id: 'a', seq: 1, at: 0, user: you.user, name: 'Lin Wei', text: 'x' };
  return { ...base, kind: 'text', status: 'sent', ...over };
}

describe('rightsTo', () => {
  it('gives none to what is not in the room, or not any more', () => {
    const none = { answer: false, edit: false, remove: false };
    expect(rightsTo(line({ status: 'pending', seq: null }), you)).to.deep.equal(none);
    expect(rightsTo(line({ deleted: true, text: '' }), fakeYou({ role: 'host' }))).to.deep.equal(
      none,
    );
  });

  it('lets a host delete what others wrote, and nobody edit it', () => {
    const theirs = line({ user: 'user-ada' });
    expect(rightsTo(theirs, fakeYou({ role: 'host' }))).to.include({ edit: false, remove: true });
    expect(rightsTo(theirs, you)).to.include({ answer: true, edit: false, remove: false });
  });

  it('goes by what a token allows, where it says so, and not by the role', () => {
    const theirs = line({ user: 'user-ada' });
    expect(rightsTo(theirs, fakeYou({ can: ['chat', 'moderate'] })).remove).to.equal(true);
    expect(rightsTo(theirs, fakeYou({ role: 'host', can: ['chat'] })).remove).to.equal(false);
  });
});

describe('seenBy', () => {
  const entries = [line(), line({ seq: 2 }), line({ seq: 3, user: 'user-ada' })];

  it('names each person once, and not ourselves in another window', () => {
    const peers = [
      fakePeer('Ben', { read: 2 }),
      fakePeer('Ben', { read: 3, session: 'other' }),
      fakePeer('Lin Wei', { read: 3 }),
      fakePeer('Chen', { read: 1 }),
    ];
    expect(seenBy(entries, peers, you.user)).to.deep.equal({ seq: 2, names: ['Ben'] });
  });

  it('has nothing to say of lines that are on their way, or that nobody read', () => {
    const pending = line({ seq: null, status: 'pending' });
    expect(seenBy([pending], [fakePeer('Ben', { read: 9 })], you.user)).to.equal(null);
    expect(seenBy(entries, [fakePeer('Ben')], you.user)).to.equal(null);
  });
});

describe('splitByQuery', () => {
  it('finds every place, whatever the case, and loses nothing', () => {
    const pieces = splitByQuery('Tea, tea and TEAPOT', 'tea');
    expect(pieces.filter(({ hit }) => hit).map(({ text }) => text)).to.deep.equal([
      'Tea',
      'tea',
      'TEA',
    ]);
    expect(pieces.map(({ text }) => text).join('')).to.equal('Tea, tea and TEAPOT');
  });

  it('leaves a text whole where letters change their length with their case', () => {
    expect(splitByQuery('İstanbul', 'i')).to.deep.equal([{ text: 'İstanbul', hit: false }]);
  });
});
