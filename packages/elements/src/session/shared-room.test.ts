import { expect } from '@esm-bundle/chai';
import { type RoomOptions, RtcError } from '@rtc-elements/core';

import { chatEntry } from '../../../../tests/support/chat-fixture.js';
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
      shared.configure({ audio: true, video: false, iceServers: [] });
      expect(shared.isCalling).to.equal(false);
      const entering = shared.join('Lin Wei', true);
      expect(shared.isCalling).to.equal(true);
      await entering;
      expect(shared.isCalling).to.equal(true);
      expect(made.map(({ room }) => room.calls)).to.deep.equal([['enterCall()']]);
      // The Room was created without knowing that the camera should stay off.
      expect(made[0]?.room.settings[0]).to.include({ video: false });
      await shared.join('Lin Wei', true);
      expect(made[0]?.room.calls.filter((call) => call === 'enterCall()')).to.have.lengthOf(1);
    });
  }

  it('uses a name that was changed in the lobby', async () => {
    const { shared, made } = setup(chatOnly);
    await shared.join('Noor', true);
    expect(made[0]?.room.calls).to.deep.equal(['setPresence({"name":"Noor"})', 'enterCall()']);
  });

  it('tells its Room what a room element wants, and takes the call only when it is entered', () => {
    const { shared, made } = setup(chatOnly);
    shared.configure({ privacy: 'relay', call: true });
    expect(made.map(({ room }) => room.settings)).to.deep.equal([[{ privacy: 'relay' }]]);
    expect([shared.options.call, shared.isCalling]).to.deep.equal([true, false]);
    const idle = setup({ connection: 'idle', you: null });
    idle.shared.configure({ call: true });
    expect(idle.made.map(({ room }) => room.settings)).to.deep.equal([[{ call: true }]]);
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

  it('stays out of the call when it is left in the same breath as it was entered', async () => {
    const { shared, made } = setup(chatOnly);
    shared.configure({ audio: false, video: false });
    const entered = shared.join('Lin Wei', true);
    const left = shared.leaveCall();
    await Promise.all([entered, left]);
    expect(shared.isCalling).to.equal(false);
    expect(made[0]?.room.calls.slice(-2)).to.deep.equal(['enterCall()', 'leaveCall()']);
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
  });

  it('ignores a name given to a room that was joined already', async () => {
    const { shared, made } = setup({});
    await shared.join('x'.repeat(100), true);
    expect(made[0]?.room.calls).to.deep.equal([]);
    expect(shared.options.name).to.equal('Lin Wei');
  });

  for (const [moment, over] of [
    ['before joining', { connection: 'idle', you: null }],
    ['in the room', chatOnly],
    ['after it was left', { connection: 'closed', left: 'left', you: null }],
  ] as const) {
    it(`hands another token to the Room that it has: ${moment}`, () => {
      const { shared, made } = setup(over);
      shared.configure({ token: 'new' });
      expect(made.map(({ room }) => room.settings)).to.deep.equal([[{ token: 'new' }]]);
      expect(made[0]?.room.calls).to.deep.equal([]);
      expect(shared.options.token).to.equal('new');
    });
  }

  it('joins with a token that comes after the room has asked for one, soon once and then later', async () => {
    const refused = { connection: 'closed', left: 'token-expired', you: null } as const;
    const { shared, made } = setup(refused);
    const room = made[0]?.room;
    shared.configure({ tokenProvider: () => Promise.resolve('t') });
    expect(room?.calls).to.deep.equal(['join()']);
    // A page that renders itself again at each refusal, with a provider made anew.
    for (let render = 0; render < 10; render += 1) {
      room?.set(refused);
      shared.configure({ tokenProvider: () => Promise.resolve('t') });
    }
    expect(room?.calls).to.deep.equal(['join()']);
  });

  it('is left and joined again as the same Room, with nothing of the former stay', async () => {
    const { shared, made } = setup(chatOnly);
    shared.setTarget({ entry: chatEntry(1), edits: true });
    await shared.join('Lin Wei', true);
    await shared.room.leave();
    await shared.rejoin();
    expect(made).to.have.lengthOf(1);
    expect(made[0]?.room.calls).to.deep.equal(['enterCall()', 'leave()', 'join()']);
    expect(shared.target).to.equal(null);
    expect(made[0]?.room.settings.at(-1)).to.deep.equal({ call: true });
  });
});
