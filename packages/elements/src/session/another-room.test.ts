// What elements keep belongs to a room: another room in the same place sees nothing of it.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { type Room, type RoomPeople, RtcError } from '@rtc-elements/core';
import type { ChatMessage } from '@rtc-elements/protocol';

import {
  chatEntries,
  chatEntry,
  type ChatFixture,
  frames,
  mountChat,
  setEntries,
} from '../../../../tests/support/chat-fixture.js';
import { fakePeer, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcRoom } from '../room/rtc-room.js';
import { engine } from './room-registry.js';

const sent = (room: FakeRoom): readonly string[] =>
  room.calls.filter((call) => call.startsWith('send(') || call.startsWith('delete('));

interface Switched extends ChatFixture {
  readonly field: HTMLTextAreaElement;
  readonly other: FakeRoom;
  /** Shows another room in the same chat. */
  to(room: FakeRoom): Promise<void>;
  type(text: string): Promise<void>;
  press(key: string): void;
}

/** A chat, and another room of the same name, as two hosts may have. */
async function setup(): Promise<Switched> {
  const fixture = await mountChat(chatEntries(1, 8));
  const other = new FakeRoom();
  setEntries(other, chatEntries(1, 8));
  const field = fixture.find('textarea') as HTMLTextAreaElement;
  return {
    ...fixture,
    field,
    other,
    async to(room) {
      fixture.chat.client = room;
      await fixture.rendered();
    },
    async type(text) {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await fixture.rendered();
    },
    press(key) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    },
  };
}

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
});

describe('a chat that is shown another room', () => {
  it('sends nothing there that was written for the first, and keeps it for that', async () => {
    const { field, other, press, room, to, type } = await setup();
    await type('for the first only');
    await to(other);
    expect(field.value).to.equal('');
    press('Enter');
    await type('for the second');
    await to(room);
    expect(field.value).to.equal('for the first only');
    await to(other);
    expect(field.value).to.equal('for the second');
    press('Enter');
    expect(sent(other)).to.deep.equal(['send("for the second")']);
    expect(sent(room)).to.deep.equal([]);
  });

  it('does so where the browser allows no storage', async () => {
    const { getItem, setItem } = Storage.prototype;
    const deny = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    Object.assign(Storage.prototype, { getItem: deny, setItem: deny });
    try {
      const { field, other, room, to, type } = await setup();
      await type('not stored');
      await to(other);
      expect(field.value).to.equal('');
      await to(room);
      expect(field.value).to.equal('not stored');
      await type('');
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem });
    }
  });

  it('neither answers nor edits a message of the first', async () => {
    const { chat, field, other, press, rendered, room, to, type } = await setup();
    await type('set aside');
    const entry = chatEntry(2, { user: fakeYou().user });
    chat.adopted?.setTarget({ entry, edits: true });
    await rendered();
    expect(field.value).to.equal('message 2');
    await to(other);
    expect(field.value).to.equal('');
    await type('a new one');
    press('Enter');
    expect(sent(other)).to.deep.equal(['send("a new one")']);
    await to(room);
    expect(room.calls.filter((call) => call.startsWith('edit('))).to.deep.equal([]);
  });

  it('puts a message that comes back late into the draft of its own room', async () => {
    const { field, other, press, room, to, type } = await setup();
    let refuse: (error: RtcError) => void = () => undefined;
    room.chat.send = () => new Promise((_, reject) => (refuse = reject));
    await type('too much waits');
    press('Enter');
    await to(other);
    refuse(new RtcError('outbox-full', 'Too much waits.'));
    await until(() => Object.values(sessionStorage).includes('too much waits'));
    expect(field.value).to.equal('');
    await to(room);
    expect(field.value).to.equal('too much waits');
  });

  it('closes the search, also one that is answered late', async () => {
    const { find: lookUp, other, rendered, room, to } = await setup();
    let answer: (found: { messages: readonly ChatMessage[]; more: boolean }) => void = () =>
      undefined;
    room.chat.search = () => new Promise((resolve) => (answer = resolve));
    lookUp('rtc-chat-search')?.shadowRoot?.querySelector('button')?.click();
    await rendered();
    (lookUp('[role=search] input') as HTMLInputElement).value = 'message';
    (lookUp('[role=search]') as HTMLFormElement).requestSubmit();
    await rendered();
    await to(other);
    expect(lookUp('[role=search]')).to.equal(null);
    const found = {
      seq: 1,
      id: 'm1',
      at: 0,
      user: 'u',
      name: 'Ada',
      kind: 'text',
      text: 'message',
    };
    answer({ messages: [found as ChatMessage], more: false });
    await rendered();
    lookUp('.toggle')?.click();
    await rendered();
    expect(lookUp('.result')).to.equal(null);
  });

  it('finds nothing of the first, also for the same words', async () => {
    const { find: lookUp, other, rendered, room, to } = await setup();
    const answers: (() => void)[] = [];
    for (const [name, one] of Object.entries({ first: room, second: other }))
      one.chat.search = () =>
        new Promise((resolve) => {
          const text = `words of the ${name}`;
          const message = { seq: 1, id: 'm1', at: 0, user: 'u', name: 'Ada', kind: 'text', text };
          answers.push(() => resolve({ messages: [message as ChatMessage], more: false }));
        });
    const search = async (): Promise<void> => {
      lookUp('.toggle')?.click();
      await rendered();
      (lookUp('[role=search] input') as HTMLInputElement).value = 'words';
      (lookUp('[role=search]') as HTMLFormElement).requestSubmit();
      await rendered();
    };
    await search();
    await to(other);
    await search();
    await until(() => answers.length === 2);
    answers[0]?.();
    await frames();
    expect(lookUp('.result')).to.equal(null);
    answers[1]?.();
    await until(() => lookUp('.result') !== null);
    expect(lookUp('.result')?.textContent).to.contain('words of the second');
  });

  it('withdraws the question whether to delete a message', async () => {
    const { find: lookUp, other, rendered, room, to } = await setup();
    const mine = chatEntry(8, { user: fakeYou().user });
    for (const one of [room, other]) setEntries(one, [...chatEntries(1, 7), mine]);
    await rendered();
    const row = lookUp('[data-seq="8"]');
    row?.focus();
    const enter = { key: 'Enter', bubbles: true, composed: true, cancelable: true };
    row?.dispatchEvent(new KeyboardEvent('keydown', enter));
    await rendered();
    lookUp('.danger')?.click();
    await rendered();
    expect(lookUp('.keep')).not.to.equal(null);
    await to(other);
    expect(lookUp('.keep')).to.equal(null);
    expect(sent(other)).to.deep.equal([]);
  });
});

describe('a room that is shown in place of another', () => {
  it('announces nobody of the second as news, and takes down the toasts of the first', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    const notifications = find(element, 'rtc-notifications');
    const announcer = find(element, 'rtc-announcer');
    room.set({ peers: [fakePeer('Aisha')] });
    await settle(element);
    await until(() => announcer.textContent?.includes('Aisha') ?? false);
    const other = new FakeRoom({ peers: [fakePeer('Ben')] });
    element.client = other;
    await settle(element);
    expect(announcer.textContent?.trim()).to.equal('');
    expect(notifications.shadowRoot?.querySelectorAll('.toast').length).to.equal(0);
    other.set({ peers: [fakePeer('Ben'), fakePeer('Cem')] });
    await settle(element);
    await until(() => announcer.textContent?.includes('Cem') ?? false);
  });
});

/** The questions of a lobby who is there, by room, and how to answer them. */
type Questions = ReadonlyMap<string, (people: RoomPeople) => void>;

/** Runs `test` with a lobby that asks who is in its room, and is answered by the test. */
async function inLobby(test: (element: RtcRoom, asked: Questions) => Promise<void>): Promise<void> {
  const { createRoom } = engine;
  const { fetch } = globalThis;
  const asked = new Map<string, (people: RoomPeople) => void>();
  globalThis.fetch = (input, init) => {
    const url = String(input);
    if (!url.includes('edge.example')) return fetch(input, init);
    const room = /first|second/.exec(url)?.[0] ?? '';
    return new Promise((resolve) => {
      if (!url.endsWith('/ice')) asked.set(room, (people) => resolve(Response.json(people)));
    });
  };
  engine.createRoom = ({ room }): Room => new FakeRoom({ room, connection: 'idle', you: null });
  try {
    const element = await showRoom(new FakeRoom({ connection: 'idle', you: null }));
    element.host = 'edge.example';
    element.room = 'first';
    element.client = null;
    await settle(element);
    await until(() => asked.has('first'));
    await test(element, asked);
  } finally {
    globalThis.fetch = fetch;
    engine.createRoom = createRoom;
  }
}

describe('a lobby that is shown another room', () => {
  const here = (element: Element): string =>
    find(find(element, 'rtc-lobby'), '.here').textContent ?? '';

  it('names nobody of the first, also if the answer comes late', async () => {
    await inLobby(async (element, asked) => {
      asked.get('first')?.({ count: 1, names: ['Aisha of the first'] });
      await until(() => here(element).includes('Aisha'));
      element.room = 'second';
      await settle(element);
      expect(here(element)).to.equal('');
      await until(() => asked.has('second'));
      element.room = 'first';
      await settle(element);
      asked.get('second')?.({ count: 1, names: ['Ben of the second'] });
      await frames();
      await frames();
      expect(here(element)).not.to.contain('Ben');
    });
  });

  it('has not checked the network to it', async () => {
    await inLobby(async (element) => {
      const check = find(find(element, 'rtc-lobby'), 'rtc-network-check');
      const isRunning = (): boolean =>
        check.shadowRoot?.querySelector('[aria-disabled=true]') !== null;
      const checked = check.check();
      await check.updateComplete;
      expect(isRunning()).to.equal(true);
      element.room = 'second';
      await settle(element);
      expect(isRunning()).to.equal(false);
      expect(await checked).to.equal(null);
      await check.updateComplete;
      expect(isRunning()).to.equal(false);
    });
  });
});

describe('a host who is shown another room', () => {
  it('is not asked any longer whether to end the first, nor told what failed there', async () => {
    const hosts = { you: fakeYou({ role: 'host' }) };
    const [room, other] = [new FakeRoom(hosts), new FakeRoom(hosts)];
    let refuse: (error: RtcError) => void = () => undefined;
    room.moderation.lock = () => new Promise((_, reject) => (refuse = reject));
    const people = document.createElement('rtc-participants');
    const element = await showRoom(room, people);
    const dialog = find(people, 'dialog');
    dialog.showModal();
    find(people, '.access > button').click();
    element.client = other;
    await settle(element);
    expect(dialog.open).to.equal(false);
    refuse(new RtcError('forbidden', 'No host of the first.'));
    await frames();
    expect(find(people, '.failure').textContent).to.equal('');
    expect(other.calls).to.deep.equal([]);
  });
});

describe('a page that names no room', () => {
  it('stays in its room when it changes its URL', async () => {
    const created: string[] = [];
    const { createRoom } = engine;
    engine.createRoom = ({ room }): Room => {
      created.push(room);
      return new FakeRoom({ room });
    };
    const before = location.href;
    try {
      const element = document.createElement('rtc-room');
      element.host = 'edge.example';
      document.body.append(element);
      await element.updateComplete;
      const { client, roomName } = element;
      history.pushState(null, '', '/another/page');
      element.requestUpdate();
      await element.updateComplete;
      expect(element.client).to.equal(client);
      expect(element.roomName).to.equal(roomName);
      // Moved on the new page, as by a layout that keeps it.
      document.body.prepend(element);
      await element.updateComplete;
      expect(element.client).to.equal(client);
      expect(created).to.deep.equal([roomName]);
    } finally {
      history.replaceState(null, '', before);
      engine.createRoom = createRoom;
    }
  });
});
