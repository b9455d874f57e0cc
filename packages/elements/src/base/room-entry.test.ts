// How an element shows a Room that the page created, and how it ends.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { ChatMessageEvent, LeaveEvent } from '@rtc-elements/core';

import { chatEntry, frames } from '../../../../tests/support/chat-fixture.js';
import { FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { openRoom, settle, showRoom, until } from '../../../../tests/support/show.js';
import { RtcChat } from '../chat/rtc-chat.js';
import { RtcRoom } from '../room/rtc-room.js';
import { engine } from '../session/room-registry.js';

const { createRoom } = engine;

/** Collects the options of every Room that the elements create. */
function watchCreated(): unknown[] {
  const created: unknown[] = [];
  engine.createRoom = (options) => {
    created.push(options);
    return new FakeRoom();
  };
  return created;
}

afterEach(() => {
  engine.createRoom = createRoom;
  document.body.replaceChildren();
});

describe('a Room that the page created', () => {
  it('is never replaced by a room of the same name on the own origin of the page', async () => {
    const created = watchCreated();
    const room = new FakeRoom({ connection: 'closed', left: 'left' });
    const element = await showRoom(room);
    element.token = 'another';
    await settle(element);
    await element.join();
    expect(created).to.deep.equal([]);
    expect(element.client).to.equal(room);
    // A closed Room refuses; a fake one does not.
    expect(room.calls).to.deep.equal(['join()']);
  });

  it('keeps its token while it has not been joined', async () => {
    const created = watchCreated();
    const room = new FakeRoom({ connection: 'idle', you: null });
    const element = await showRoom(room);
    element.token = 'another';
    await settle(element);
    expect(created).to.deep.equal([]);
    expect(element.client).to.equal(room);
  });

  it('keeps the panel when it is assigned again', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    const before = room.listenerCount;
    element.shared?.togglePanel('people', true);
    element.client = room;
    await settle(element);
    expect(element.shared?.panel).to.equal('people');
    element.shared?.togglePanel('people', false);
    await settle(element);
    expect(room.listenerCount).to.equal(before);
  });

  it('is let go once another one is assigned, or the element is removed', async () => {
    const [first, second] = [new FakeRoom(), new FakeRoom()];
    const element = await showRoom(first);
    element.client = second;
    await settle(element);
    expect(first.listenerCount).to.equal(0);
    expect(second.listenerCount).to.be.greaterThan(0);
    element.remove();
    await until(() => second.listenerCount === 0);
    expect(second.calls).to.deep.equal([]);
    document.body.append(element);
    await settle(element);
    second.set({ you: fakeYou({ hand: true }) });
    await settle(element);
    expect(second.listenerCount).to.be.greaterThan(0);
  });

  it('is one session for all elements that show it', async () => {
    const room = new FakeRoom();
    const [one, two] = [await showRoom(room), await showRoom(room)];
    expect(one.shared).to.equal(two.shared);
    const own = new FakeRoom();
    const opened = await openRoom(own);
    two.client = own;
    await settle(two);
    expect(two.shared).to.equal(opened.shared);
  });

  it('has the texts of the element that names some', async () => {
    const room = new FakeRoom();
    const one = await showRoom(room);
    one.messages = { leave: 'Verlassen' };
    await settle(one);
    const two = await showRoom(room);
    expect(two.shared?.messages).to.deep.equal({ leave: 'Verlassen' });
  });
});

for (const Entry of [RtcRoom, RtcChat]) {
  describe(`the events of ${Entry.name}`, () => {
    /** The element, its room, and the names of the events that it has dispatched. */
    async function setup(): Promise<{
      readonly element: RtcRoom | RtcChat;
      readonly room: FakeRoom;
      readonly seen: string[];
    }> {
      const room = new FakeRoom();
      const element = new Entry();
      const seen: string[] = [];
      for (const name of ['rtc-ready', 'rtc-message', 'rtc-leave'] as const)
        element.addEventListener(name, ({ type }) => seen.push(type));
      element.client = room;
      document.body.append(element);
      await settle(element);
      return { element, room, seen };
    }

    it('do not start again when it is moved', async () => {
      const { element, room, seen } = await setup();
      const place = document.createElement('div');
      document.body.append(place);
      place.append(element);
      await settle(element);
      await frames();
      room.dispatchEvent(new ChatMessageEvent(chatEntry(1)));
      expect(seen).to.deep.equal(['rtc-ready', 'rtc-message']);
    });

    it('include that the room was left because it was removed, and end there', async () => {
      const { element, room, seen } = await setup();
      element.remove();
      room.dispatchEvent(new LeaveEvent('left'));
      await frames();
      room.dispatchEvent(new ChatMessageEvent(chatEntry(1)));
      expect(seen).to.deep.equal(['rtc-ready', 'rtc-leave']);
    });

    it('do not start again with an update that was pending when it was removed', async () => {
      const { element, room, seen } = await setup();
      room.set({});
      element.remove();
      await frames();
      element.requestUpdate();
      await element.updateComplete;
      room.dispatchEvent(new ChatMessageEvent(chatEntry(1)));
      expect(seen).to.deep.equal(['rtc-ready']);
      expect(room.listenerCount).to.equal(0);
    });
  });
}

describe('sendMessage()', () => {
  for (const Entry of [RtcRoom, RtcChat]) {
    it(`of ${Entry.name} resolves with what the room has stored, whatever listeners prevent`, async () => {
      const room = new FakeRoom();
      const element = new Entry();
      element.client = room;
      element.addEventListener('rtc-request', (event) => event.preventDefault());
      document.body.append(element);
      expect(await element.sendMessage('hi')).to.deep.equal({ id: 'sent', seq: 1, at: 0 });
      expect(room.calls).to.contain('send("hi")');
    });
  }
});
