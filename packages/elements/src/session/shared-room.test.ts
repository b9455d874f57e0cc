import { expect } from '@esm-bundle/chai';
import { type RoomOptions, RtcError } from '@rtc-elements/core';

import { FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { SharedRoom } from './shared-room.js';

const options: RoomOptions = { room: 'r', name: 'Lin Wei', call: false };

/** A shared room for the chat only, and every Room that it creates. */
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
  return { shared: new SharedRoom({ createRoom }, options, createRoom(options)), made };
}

const chatOnly = { you: fakeYou({ call: 0 }) };

describe('a shared room for the chat only', () => {
  for (const [state, over] of [
    ['connected', chatOnly],
    ['still connecting', { connection: 'connecting', you: null }],
    ['reconnecting', { ...chatOnly, connection: 'reconnecting' }],
  ] as const) {
    it(`enters the call with the Room that it has: ${state}`, async () => {
      const { shared, made } = setup(over);
      shared.upgrade({ audio: true, video: false, iceServers: [] });
      expect(shared.isCalling).to.equal(false);
      const entering = shared.join('Lin Wei', true);
      expect(shared.isCalling).to.equal(true);
      await entering;
      expect(shared.isCalling).to.equal(true);
      // The Room was created without knowing that the camera should stay off.
      expect(made.map(({ room }) => room.calls)).to.deep.equal([
        ['set-camera(false)', 'enterCall()'],
      ]);
      await shared.join('Lin Wei', true);
      expect(made[0]?.room.calls).to.have.lengthOf(2);
    });
  }

  it('uses a name that was changed in the lobby', async () => {
    const { shared, made } = setup(chatOnly);
    await shared.join('Noor', true);
    expect(made[0]?.room.calls).to.deep.equal(['setPresence({"name":"Noor"})', 'enterCall()']);
  });

  it('replaces the Room, for the chat only, if a room element needs other network options', () => {
    const { shared, made } = setup(chatOnly);
    shared.upgrade({ privacy: 'relay' });
    expect(made.map(({ room }) => room.calls)).to.deep.equal([['leave()'], ['join()']]);
    expect(made[1]?.options).to.deep.equal({ ...options, privacy: 'relay' });
  });

  it('is for the chat only again after the call, and can enter it again', async () => {
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

  it('keeps the Room that it has when it should join again before the stay has ended', async () => {
    const { shared, made } = setup(chatOnly);
    await shared.rejoin();
    expect(made.map(({ room }) => room.calls)).to.deep.equal([[]]);
  });

  it('does not keep a name that was refused, so that joining again is possible', async () => {
    const { shared, made } = setup({ connection: 'idle', you: null });
    const refusal = new RtcError('bad-name', 'Choose a name.');
    const [first] = made;
    Object.assign(first?.room ?? {}, { join: () => Promise.reject(refusal) });
    const error = await shared.join('', false).catch((reason: unknown) => reason);
    expect(error).to.equal(refusal);
    expect(shared.options.name).to.equal('Lin Wei');
    await shared.room.leave();
    await shared.rejoin();
    expect(made[1]?.options.name).to.equal('Lin Wei');
  });

  it('ignores a name given to a room that was joined already', async () => {
    const { shared, made } = setup({});
    await shared.join('x'.repeat(100), true);
    expect(made[0]?.room.calls).to.deep.equal([]);
    expect(shared.options.name).to.equal('Lin Wei');
  });

  it('uses another token at once before joining, and otherwise for the next Room', async () => {
    const idle = setup({ connection: 'idle', you: null });
    idle.shared.renew({ token: 'new' });
    expect(idle.made.map(({ options: wishes }) => wishes.token)).to.deep.equal([undefined, 'new']);
    const joined = setup(chatOnly);
    joined.shared.renew({ token: 'new' });
    expect(joined.made).to.have.lengthOf(1);
    await joined.shared.room.leave();
    await joined.shared.rejoin();
    expect(joined.made[1]?.options.token).to.equal('new');
  });
});
