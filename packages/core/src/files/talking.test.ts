import { expect } from '@esm-bundle/chai';

import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import { memberEntry } from '../call/testing/meeting.js';
import { isTalking } from './talking.js';

const SILENT = { microphone: false, camera: false, screen: false };

/** In a room with Ben. */
function setUp({ media = SILENT, isAlone = false } = {}) {
  const room = new FakeRoomContext();
  room.welcome({ ...memberEntry('me', 1), media }, isAlone ? [] : [memberEntry('ben', 2)]);
  const lineUse = { talkedAt: -Infinity };
  const look = (): boolean => isTalking({ ...room, lineUse, clock: room.clock });
  return { room, lineUse, look };
}

describe('whether people talk beside a file', () => {
  it('is told by what they have sent and heard within five seconds', () => {
    const { room, lineUse, look } = setUp();
    expect(look()).to.equal(false);
    lineUse.talkedAt = room.clock.now();
    expect(look()).to.equal(true);
    room.clock.advance(4_999);
    expect(look()).to.equal(true);
    room.clock.advance(1);
    expect(look()).to.equal(false);
  });

  it('is told by what we send, if anybody is there', () => {
    const media = { ...SILENT, microphone: true };
    expect(setUp({ media }).look()).to.equal(true);
    expect(setUp({ media, isAlone: true }).look()).to.equal(false);
  });

  it('is told by tracks that we receive', () => {
    const { room, look } = setUp();
    room.state = {
      ...room.state,
      peers: room.state.peers.map((peer) => ({ ...peer, tracks: { camera: 'a track' } })),
    };
    expect(look()).to.equal(true);
  });
});
