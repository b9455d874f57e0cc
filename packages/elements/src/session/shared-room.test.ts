import { expect } from '@esm-bundle/chai';
import type { RoomOptions } from '@rtc-elements/core';

import { FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { SharedRoom } from './shared-room.js';

const options: RoomOptions = { room: 'r', name: 'Lin Wei', call: false };

/** A shared room for the chat alone, and every Room that it makes. */
function setup(over: ConstructorParameters<typeof FakeRoom>[0]): {
  readonly shared: SharedRoom;
  readonly made: { readonly room: FakeRoom; readonly options: RoomOptions }[];
} {
  const made: { readonly room: FakeRoom; readonly options: RoomOptions }[] = [];
  const createRoom = (wishes: RoomOptions): FakeRoom => {
    const room = new FakeRoom(made.length > 0 ? { connection: 'idle', you: null } : over);
    made.push({ room, options: wishes });
    return room;
  };
  return { shared: new SharedRoom({ createRoom }, options), made };
}

const chatOnly = { you: fakeYou({ call: 0 }) };

describe('a shared room for the chat alone', () => {
  for (const [state, over] of [
    ['connected', chatOnly],
    ['still connecting', { connection: 'connecting', you: null }],
    ['reconnecting', { ...chatOnly, connection: 'reconnecting' }],
  ] as const) {
    it(`goes into the call in the Room that it has: ${state}`, async () => {
      const { shared, made } = setup(over);
      shared.upgrade({ audio: true, video: false, iceServers: [] });
      expect(shared.isCalling).to.equal(false);
      const entering = shared.join('Lin Wei', true);
      expect(shared.isCalling).to.equal(true);
      await entering;
      expect(shared.isCalling).to.equal(true);
      // The Room was made without knowing that there is to be no camera.
      expect(made.map(({ room }) => room.calls)).to.deep.equal([
        ['set-camera(false)', 'enterCall()'],
      ]);
      await shared.join('Lin Wei', true);
      expect(made[0]?.room.calls).to.have.lengthOf(2);
    });
  }

  it('takes a name that was changed on the way', async () => {
    const { shared, made } = setup(chatOnly);
    await shared.join('Noor', true);
    expect(made[0]?.room.calls).to.deep.equal(['setPresence({"name":"Noor"})', 'enterCall()']);
  });

  it('begins anew, for the chat alone, where a room element wants another network', () => {
    const { shared, made } = setup(chatOnly);
    shared.upgrade({ privacy: 'relay' });
    expect(made.map(({ room }) => room.calls)).to.deep.equal([['leave()'], ['join()']]);
    expect(made[1]?.options).to.deep.equal({ ...options, privacy: 'relay' });
  });

  it('is one again after the call, and asks for it anew', async () => {
    const { shared, made } = setup(chatOnly);
    await shared.join('Lin Wei', true);
    const leaving = shared.leaveCall();
    expect(shared.isCalling).to.equal(false);
    await leaving;
    expect(shared.isCalling).to.equal(false);
    await shared.join('Lin Wei', true);
    expect(made[0]?.room.calls).to.deep.equal(['enterCall()', 'leaveCall()', 'enterCall()']);
    await made[0]?.room.leave();
    expect(shared.isCalling).to.equal(false);
  });

  it('takes another pass at once while nothing is joined, and later for the next time', async () => {
    const idle = setup({ connection: 'idle', you: null });
    idle.shared.renew({ token: 'new' });
    expect(idle.made.map(({ options: wishes }) => wishes.token)).to.deep.equal([undefined, 'new']);
    const joined = setup(chatOnly);
    joined.shared.renew({ token: 'new' });
    expect(joined.made).to.have.lengthOf(1);
    await joined.shared.rejoin();
    expect(joined.made[1]?.options.token).to.equal('new');
  });
});
