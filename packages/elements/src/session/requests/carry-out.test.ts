// Every request, and what it calls on the room.
import '../../define.js';

import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';

import { fakeOn, FakeRoom, fakeState, fakeYou } from '../../../../../tests/support/fake-room.js';
import { showRoom } from '../../../../../tests/support/show.js';
import { RtcRequestEvent } from '../../events.js';
import { carryOut, type RequestMap, type RtcAction } from './carry-out.js';
import { SharedRoom } from '../shared-room.js';

const shareRoom = (room: FakeRoom): SharedRoom =>
  new SharedRoom(
    { createRoom: () => new FakeRoom({ connection: 'idle', you: null }) },
    { room: 'r', name: 'Lin Wei' },
    room,
  );

/** The parameters of each request, and the calls on the room that it leads to. */
const CALLS: {
  readonly [Name in keyof RequestMap]: readonly [RequestMap[Name], ...(readonly string[])];
} = {
  join: [{ name: 'Noor', call: true }, 'setPresence({"name":"Noor"})', 'enterCall()'],
  leave: [{}, 'leave()'],
  rejoin: [{}],
  'toggle-microphone': [{}, 'set-microphone(true)'],
  'toggle-camera': [{}, 'set-camera(true)'],
  'toggle-screen': [{}, 'set-screen(true)'],
  'toggle-hand': [{}, 'setPresence({"hand":true})'],
  'toggle-panel': [{ panel: 'chat' }],
  'use-microphone': [{ deviceId: 'mic-1' }],
  'use-camera': [{ deviceId: 'cam-1' }],
  'use-speaker': [{ deviceId: 'out-1' }, 'setSpeaker("out-1")'],
  'enable-sound': [{}],
  'send-message': [{ text: 'hi', replyTo: 7 }, 'send("hi", {"replyTo":7})'],
  'edit-message': [{ seq: 7, text: 'hello' }, 'edit(7, "hello")'],
  'delete-message': [{ seq: 7 }, 'delete(7)'],
  react: [{ seq: 7, emoji: '👍', on: false }, 'react(7, "👍", false)'],
  'retry-message': [{ id: 'a' }, 'retry("a")'],
  'discard-message': [{ id: 'a' }, 'discard("a")'],
  'set-typing': [{ on: true }, 'setTyping(true)'],
  'load-history': [{}, 'history({})'],
  'mute-person': [{ session: 's', source: 'camera' }, 'mute("s", "camera")'],
  'lower-hand': [{ session: 's' }, 'lowerHand("s")'],
  'set-role': [{ session: 's', role: 'host' }, 'setRole("s", "host")'],
  'remove-person': [{ session: 's' }, 'remove("s")'],
  'ban-person': [{ user: 'u' }, 'ban("u")'],
  'unban-person': [{ user: 'u' }, 'unban("u")'],
  'lock-room': [{ on: true }, 'lock(true)'],
  'admit-person': [{ session: 's' }, 'admit("s")'],
  'deny-person': [{ session: 's' }, 'deny("s")'],
  'close-room': [{}, 'close()'],
  'retry-peer': [{ session: 's' }, 'retryPeer("s")'],
};

describe('a request', () => {
  for (const [name, [parameters, ...calls]] of Object.entries(CALLS)) {
    it(`is carried out by the room: ${name}`, async () => {
      const room = new FakeRoom({ you: fakeYou({ call: 0 }) });
      const action = { do: name, ...parameters } as RtcAction;
      expect(await carryOut(action, shareRoom(room))).to.equal('done');
      expect(room.calls).to.deep.equal(calls);
    });
  }

  it('turns on or off with `force`, and toggles without', async () => {
    const { media } = fakeState();
    const room = new FakeRoom({ media: { ...media, camera: fakeOn('cam-1') } });
    const shared = shareRoom(room);
    await carryOut({ do: 'toggle-camera' }, shared);
    await carryOut({ do: 'toggle-microphone', force: false }, shared);
    await carryOut({ do: 'toggle-screen', force: false }, shared);
    expect(room.calls).to.deep.equal([
      'set-camera(false)',
      'set-microphone(false)',
      'set-screen(false)',
    ]);
  });

  it('changes the state that elements share: panel, chosen devices, sound, the next room', async () => {
    const room = new FakeRoom();
    const shared = shareRoom(room);
    let hasSound = false;
    shared.playback.setSound({ blocked: true, enable: async () => void (hasSound = true) });
    await carryOut({ do: 'toggle-panel', panel: 'people' }, shared);
    await carryOut({ do: 'use-camera', deviceId: 'cam-1' }, shared);
    await carryOut({ do: 'enable-sound' }, shared);
    expect(shared.panel).to.equal('people');
    expect(shared.choices).to.deep.equal({ camera: 'cam-1' });
    expect(hasSound).to.equal(true);
    await carryOut({ do: 'rejoin' }, shared);
    expect(shared.room).not.to.equal(room);
    expect((shared.room as FakeRoom).calls).to.deep.equal(['join()']);
  });

  it('has the error of the room as its outcome, and does not reject', async () => {
    const room = new FakeRoom();
    const refusal = new RtcError('not-allowed', 'Only hosts can.');
    room.moderation.lock = () => Promise.reject(refusal);
    expect(await carryOut({ do: 'lock-room', on: true }, shareRoom(room))).to.equal(refusal);
  });
});

describe('a request of a foreign element', () => {
  async function setup(): Promise<{ readonly room: FakeRoom; readonly foreign: HTMLElement }> {
    const room = new FakeRoom();
    const foreign = document.createElement('button');
    await showRoom(room, foreign);
    return { room, foreign };
  }

  it('is carried out by the enclosing room, and has its outcome', async () => {
    const { room, foreign } = await setup();
    const event = new RtcRequestEvent({ do: 'toggle-hand' });
    foreign.dispatchEvent(event);
    expect(await event.result).to.equal('done');
    expect(room.calls).to.deep.equal(['setPresence({"hand":true})']);
  });

  it('does not need our event class', async () => {
    const { room, foreign } = await setup();
    const event = Object.assign(
      new Event('rtc-request', { bubbles: true, composed: true, cancelable: true }),
      { action: { do: 'leave' }, result: null as Promise<unknown> | null },
    );
    foreign.dispatchEvent(event);
    expect(await event.result).to.equal('done');
    expect(room.calls).to.deep.equal(['leave()']);
  });

  it('can be prevented by the last listener', async () => {
    const { room, foreign } = await setup();
    document.addEventListener('rtc-request', (heard) => heard.preventDefault(), { once: true });
    const event = new RtcRequestEvent({ do: 'leave' });
    foreign.dispatchEvent(event);
    expect(await event.result).to.equal('prevented');
    expect(room.calls).to.deep.equal([]);
  });

  it('is carried out once even if several elements hear it', async () => {
    const room = new FakeRoom();
    const foreign = document.createElement('button');
    const chat = document.createElement('rtc-chat');
    chat.append(foreign);
    await showRoom(room, chat);
    const event = new RtcRequestEvent({ do: 'toggle-hand' });
    foreign.dispatchEvent(event);
    await event.result;
    expect(room.calls).to.deep.equal(['setPresence({"hand":true})']);
  });
});
