// How many messages are unread: those of others since this person last saw the end of the chat, in any of their tabs.
import { expect } from '@esm-bundle/chai';

import { chatEntries, setEntries } from '../../../../tests/support/chat-fixture.js';
import { FakeRoom, fakePeer, fakeYou } from '../../../../tests/support/fake-room.js';
import { ReadPosition } from './read-position.js';

describe('unread messages', () => {
  it('do not include the history, even if the chat was looked at before it came', () => {
    for (const isSeen of [false, true]) {
      const room = new FakeRoom({ connection: 'connecting', you: null });
      const read = new ReadPosition(room);
      if (isSeen) read.markRead();
      expect(read.unread).to.equal(0);
      room.set({ connection: 'connected', you: fakeYou() });
      setEntries(room, chatEntries(1, 20));
      read.update();
      expect(read.unread, isSeen ? 'seen' : 'hidden').to.equal(0);
      setEntries(room, chatEntries(1, 23));
      expect(read.unread).to.equal(3);
      expect(room.calls, 'nothing of it was read').to.deep.equal([]);
    }
  });

  it('include what was missed in a break', () => {
    const room = new FakeRoom();
    setEntries(room, chatEntries(1, 5));
    const read = new ReadPosition(room);
    room.set({ connection: 'reconnecting' });
    setEntries(room, chatEntries(1, 8));
    room.set({ connection: 'connected' });
    read.update();
    expect(read.unread).to.equal(3);
  });

  it('are counted once per person: what another tab of theirs has read is read', () => {
    const room = new FakeRoom();
    setEntries(room, chatEntries(1, 5));
    const read = new ReadPosition(room);
    setEntries(room, chatEntries(1, 9));
    expect(read.unread).to.equal(4);
    const { user } = fakeYou();
    room.set({ peers: [fakePeer('Aisha', { read: 9 })] });
    read.update();
    expect(read.unread, 'somebody else').to.equal(4);
    room.set({ peers: [fakePeer('Lin Wei', { user, read: 7 })] });
    read.update();
    expect(read.unread).to.equal(2);
    room.set({ peers: [fakePeer('Lin Wei', { user, read: 9 })] });
    read.update();
    expect(read.unread).to.equal(0);
    room.set({ peers: [] });
    expect(read.unread, 'that tab is gone').to.equal(0);
    setEntries(room, chatEntries(1, 10));
    expect(read.unread).to.equal(1);
    expect(read.markRead()).to.equal(true);
    expect(room.calls).to.deep.equal(['markRead(10)']);
  });
});
