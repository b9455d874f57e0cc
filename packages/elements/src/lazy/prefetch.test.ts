// When the person is not waiting for anything.
import { expect } from '@esm-bundle/chai';
import type { Link, Peer, RoomState } from '@rtc-elements/core';

import { fakePeer, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { SharedRoom } from '../session/shared-room.js';
import { isSettled } from './prefetch.js';

const link = (status: Link['status']): Partial<Peer> => ({
  link: { status, path: null, stats: null, quality: null, reason: null },
});

const share = (over: Partial<RoomState>): SharedRoom => {
  const room = new FakeRoom(over);
  return new SharedRoom({ createRoom: () => room }, { room: 'r', name: 'Lin Wei' }, room);
};

const connecting = [fakePeer('Aisha', link('connecting'))];

describe('isSettled', () => {
  const table: readonly (readonly [boolean, string, Partial<RoomState>])[] = [
    [true, 'in a lobby', { connection: 'idle', you: null }],
    [false, 'while the room is being reached', { connection: 'connecting', you: null }],
    [false, 'while the connection is lost', { connection: 'reconnecting' }],
    [true, 'at a locked room', { connection: 'waiting', you: null }],
    [true, 'after a call', { connection: 'closed', left: 'left' }],
    [true, 'alone in a call', {}],
    [true, 'in the chat alone', { you: fakeYou({ call: 0 }), peers: connecting }],
    [true, 'with others who are in the chat alone', { peers: [fakePeer('Noor', { call: 0 })] }],
    [false, 'before there is a link', { peers: [fakePeer('Aisha', link('none'))] }],
    [false, 'while a link is being made', { peers: [...connecting, fakePeer('Noor')] }],
    [true, 'with links and no picture to wait for', { peers: [fakePeer('Noor')] }],
    [true, 'where a link has failed', { peers: [fakePeer('Noor', link('failed'))] }],
  ];
  for (const [expected, title, over] of table) {
    it(`${expected ? 'holds' : 'does not hold'} ${title}`, () => {
      expect(isSettled(share(over))).to.equal(expected);
    });
  }

  it('holds once the first remote picture is shown, whatever else is still connecting', () => {
    const shared = share({ peers: [fakePeer('Aisha'), fakePeer('Noor', link('connecting'))] });
    const tile = {};
    shared.awaitedPictures.add(tile);
    expect(isSettled(shared)).to.equal(false);
    let told = 0;
    shared.subscribe(() => (told += 1));
    shared.notePicture();
    expect(told).to.equal(1);
    expect(isSettled(shared)).to.equal(true);
  });

  it('does not hold while a tile waits for the first frame of a track', () => {
    const shared = share({ peers: [fakePeer('Aisha')] });
    const tile = {};
    shared.awaitedPictures.add(tile);
    expect(isSettled(shared)).to.equal(false);
    shared.awaitedPictures.delete(tile);
    expect(isSettled(shared)).to.equal(true);
  });
});
