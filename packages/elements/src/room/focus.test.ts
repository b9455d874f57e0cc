// Where the focus goes when a screen is replaced that had it: never to the body.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { RoomState } from '@rtc-elements/core';

import { chatEntry } from '../../../../tests/support/chat-fixture.js';
import { fakePeer, fakeProblem, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import {
  createsRoom,
  find,
  openRoom,
  settle,
  showRoom,
  until,
} from '../../../../tests/support/show.js';
import { RtcChat } from '../chat/rtc-chat.js';
import type { RtcRoom } from './rtc-room.js';

const IDLE: Partial<RoomState> = { connection: 'idle', you: null };
const WAITING: Partial<RoomState> = { connection: 'waiting', you: null };
const INSIDE: Partial<RoomState> = { connection: 'connected', you: fakeYou(), left: null };
const CONNECTING: Partial<RoomState> = { connection: 'connecting' };
const LEFT: Partial<RoomState> = { connection: 'closed', left: 'left' };
const BANNED: Partial<RoomState> = {
  connection: 'closed',
  left: 'banned',
  problem: { code: 'banned', message: 'You were banned.', retryable: false },
};

afterEach(() => document.body.replaceChildren());

/** The element that has the focus, through every shadow root. */
const focused = (): Element | null => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
};

const nameOf = (element: Element | null): string => {
  const parts = element?.getAttribute('part')?.split(' ').at(-1);
  return parts ?? (element?.id || element?.localName) ?? 'nothing';
};

const all = (root: ParentNode): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
    one,
    ...(one.shadowRoot ? all(one.shadowRoot) : []),
  ]);

/** The first that matches, in any shadow root of the page, focused. */
const focusOn = (selector: string): HTMLElement => {
  const found = all(document).find((one) => one.matches(selector) && one.checkVisibility());
  if (!found) throw new Error(`no ${selector}`);
  found.focus();
  expect(focused() === found, `${selector} can be focused`).to.equal(true);
  return found;
};

/** Waits until the focus is there; fails when it is not after many frames, and says where it is. */
const goesTo = async (selector: string): Promise<void> => {
  for (let frame = 0; frame < 200 && focused()?.matches(selector) !== true; frame += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(focused()?.matches(selector), `${selector}, and not ${nameOf(focused())}`).to.equal(true);
};

interface Change {
  readonly from: Partial<RoomState>;
  /** What has the focus. */
  readonly at: string;
  readonly to: Partial<RoomState> | ((room: FakeRoom, element: RtcRoom) => unknown);
  /** Where it goes. */
  readonly then: string;
}

const MIC = '[part~=button-mic]';

const CHANGES: Readonly<Record<string, Change>> = {
  'lobby to call': { from: IDLE, at: '#name', to: INSIDE, then: MIC },
  'lobby to call, by the button': { from: IDLE, at: '[part=join]', to: INSIDE, then: MIC },
  'lobby to call, slowly': {
    from: IDLE,
    at: '[part=join]',
    to: async (room, element) => {
      room.set(CONNECTING);
      await settle(element);
      await painted();
      room.set(INSIDE);
    },
    then: MIC,
  },
  'lobby to waiting room': { from: IDLE, at: '#name', to: WAITING, then: '[part=title]' },
  'lobby to refusal': { from: IDLE, at: '#name', to: BANNED, then: '[part=title]' },
  'waiting room to call': { from: WAITING, at: '[part=leave]', to: INSIDE, then: MIC },
  'waiting room to leaving': { from: WAITING, at: '[part=leave]', to: LEFT, then: '[part=rejoin]' },
  'waiting room to banned': {
    from: WAITING,
    at: '[part=title]',
    to: BANNED,
    then: '[part=title]',
  },
  'call to leaving': { from: INSIDE, at: '[part~=button-leave]', to: LEFT, then: '[part=rejoin]' },
  'call to banned': { from: INSIDE, at: MIC, to: BANNED, then: '[part=title]' },
  'call to leaving, from a panel': {
    from: INSIDE,
    at: MIC,
    to: async (room, element) => {
      element.shared?.togglePanel('people', true);
      await goesTo('[part=list]');
      room.set(LEFT);
    },
    then: '[part=rejoin]',
  },
  'leaving to call': { from: LEFT, at: '[part=rejoin]', to: INSIDE, then: MIC },
  'leaving to call, slowly': {
    from: LEFT,
    at: '[part=rejoin]',
    to: async (room, element) => {
      room.set({ ...CONNECTING, left: null });
      await settle(element);
      room.set(INSIDE);
    },
    then: MIC,
  },
  'call to an address that is not valid': {
    from: INSIDE,
    at: MIC,
    to: (_, element) => void Object.assign(element, { client: null, room: 'no room' }),
    then: '.failure',
  },
  'a panel that another element closes': {
    from: INSIDE,
    at: MIC,
    to: async (_, element) => {
      element.shared?.togglePanel('people', true);
      await goesTo('[part=list]');
      element.shared?.togglePanel('people', false);
    },
    then: '[part~=button-people]',
  },
  'a panel of figures that another element closes': {
    from: { ...INSIDE, peers: [fakePeer('Ada')] },
    at: '.path',
    to: async (_, element) => {
      element.shared?.togglePanel('stats', true);
      await goesTo('[part=list]');
      element.shared?.togglePanel('stats', false);
    },
    then: '.path',
  },
  'one panel to another': {
    from: INSIDE,
    at: MIC,
    to: async (_, element) => {
      element.shared?.togglePanel('people', true);
      await goesTo('[part=list]');
      element.shared?.togglePanel('chat', true);
    },
    then: 'textarea',
  },
  'a dialog whose host is none any more': {
    from: { ...INSIDE, you: fakeYou({ role: 'host' }) },
    at: MIC,
    to: async (room, element) => {
      element.shared?.togglePanel('people', true);
      await goesTo('[part=list]');
      const list = find(element, 'rtc-participants');
      (list.shadowRoot?.querySelector('dialog') as HTMLDialogElement).showModal();
      expect(focused()?.closest('dialog')).not.to.equal(null);
      room.set({ you: fakeYou() });
    },
    then: '[part=list]',
  },
  'a menu of a person who leaves': {
    from: { ...INSIDE, you: fakeYou({ role: 'host' }), peers: [fakePeer('Ada')] },
    at: MIC,
    to: async (room, element) => {
      element.shared?.togglePanel('people', true);
      await goesTo('[part=list]');
      find(find(element, 'rtc-participants'), '[data-menu]').click();
      await goesTo('[role=menuitem]');
      room.set({ peers: [] });
    },
    then: '[part=list]',
  },
  'a card that is dismissed': {
    from: {
      ...INSIDE,
      media: { ...new FakeRoom().getSnapshot().media, camera: fakeProblem('device-busy', 'Busy.') },
    },
    at: '[part=notice] button[aria-label]',
    to: () => (focused() as HTMLElement).click(),
    then: MIC,
  },
  'a person who was let in, with the next one at the door': {
    from: {
      ...INSIDE,
      you: fakeYou({ role: 'host' }),
      access: { locked: true, banned: [], waiting: ['Cem', 'Dora'].map(person) },
    },
    at: '[part=notice] .primary',
    to: (room) => room.set({ access: { locked: true, banned: [], waiting: [person('Dora')] } }),
    then: '[part=notice] .primary',
  },
  'the last person who was let in': {
    from: {
      ...INSIDE,
      you: fakeYou({ role: 'host' }),
      access: { locked: true, banned: [], waiting: [person('Cem')] },
    },
    at: '[part=notice] .primary',
    to: (room) => room.set({ access: { locked: true, banned: [], waiting: [] } }),
    then: MIC,
  },
};

function person(name: string): { session: string; user: string; name: string } {
  return { session: `wait-${name}`, user: `user-${name}`, name };
}

/** Long enough for a browser to take the focus from what can have it no longer. */
async function painted(): Promise<void> {
  for (let count = 0; count < 3; count += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('the focus in rtc-room', () => {
  for (const [title, { from, at, to, then }] of Object.entries(CHANGES)) {
    it(`follows from ${title}`, async () => {
      const room = new FakeRoom(from);
      const element = await openRoom(room);
      element.style.width = '1000px';
      element.lobby = from === IDLE ? 'on' : 'off';
      await settle(element);
      await until(() => all(document).some((one) => one.matches(at) && one.checkVisibility()));
      focusOn(at);
      if (typeof to === 'function') await to(room, element);
      else room.set(to);
      await goesTo(then);
      await painted();
      expect(focused()?.matches(then), nameOf(focused())).to.equal(true);
    });
  }

  it("stays where it is when it is the page's", async () => {
    const room = new FakeRoom(INSIDE);
    const own = document.createElement('input');
    document.body.append(own);
    const element = await openRoom(room);
    own.focus();
    room.set(LEFT);
    await settle(element);
    await painted();
    expect(document.activeElement).to.equal(own);
    element.shared?.togglePanel('chat', true);
    room.set(INSIDE);
    await settle(element);
    await painted();
    expect(document.activeElement).to.equal(own);
  });

  it('is not taken back from whoever has taken it meanwhile', async () => {
    const room = new FakeRoom(INSIDE);
    const own = document.createElement('input');
    document.body.append(own);
    const element = await openRoom(room);
    focusOn(MIC);
    room.set(LEFT);
    queueMicrotask(() => queueMicrotask(() => own.focus()));
    await settle(element);
    await painted();
    expect(document.activeElement).to.equal(own);
  });

  it("finds a place in a page's own layout", async () => {
    const room = new FakeRoom(LEFT);
    const leaving = document.createElement('rtc-leaving');
    const controls = document.createElement('rtc-controls');
    await createsElements(room, leaving, controls);
    focusOn('[part=rejoin]');
    room.set(INSIDE);
    await goesTo(MIC);
  });
});

const createsElements = async (room: FakeRoom, ...inside: Element[]): Promise<void> => {
  const element = document.createElement('rtc-room');
  element.append(...inside);
  await createsRoom(element, room, async () => {
    document.body.append(element);
    for (let pass = 0; pass < 3; pass += 1) await settle(element);
  });
};

const CHATS: Readonly<Record<string, Omit<Change, 'to'> & { readonly to: Partial<RoomState> }>> = {
  'the name form to the messages': { from: IDLE, at: '[name=name]', to: INSIDE, then: 'textarea' },
  'the button of the name form to the messages': {
    from: IDLE,
    at: '.entry button',
    to: INSIDE,
    then: 'textarea',
  },
  'the name form to the waiting room': {
    from: IDLE,
    at: '[name=name]',
    to: WAITING,
    then: '[part=waiting] *',
  },
  'the waiting room to the messages': {
    from: WAITING,
    at: '[part=waiting] button',
    to: INSIDE,
    then: 'textarea',
  },
  'the waiting room to the end': {
    from: WAITING,
    at: '[part=waiting] button',
    to: BANNED,
    then: '[part=over] *',
  },
  'the field to the end': { from: INSIDE, at: 'textarea', to: LEFT, then: '[part=over] button' },
  'the field to a ban': { from: INSIDE, at: 'textarea', to: BANNED, then: '[part=over] *' },
  '"Join again" to the messages': {
    from: LEFT,
    at: '[part=over] button',
    to: INSIDE,
    then: 'textarea',
  },
};

describe('the focus in rtc-chat', () => {
  for (const [title, { from, at, to, then }] of Object.entries(CHATS)) {
    it(`follows from ${title}`, async () => {
      await RtcChat.lazyElements.interface.load();
      const room = new FakeRoom(from);
      const chat = document.createElement('rtc-chat');
      Object.assign(chat.style, { width: '320px', height: '480px' });
      if (from !== IDLE) chat.name = 'Ann';
      await createsRoom(chat, room, async () => {
        document.body.append(chat);
        await settle(chat);
      });
      await until(() => all(document).some((one) => one.matches(at) && one.checkVisibility()));
      focusOn(at);
      room.set(to);
      await goesTo(then);
      await painted();
      expect(focused()?.matches(then), nameOf(focused())).to.equal(true);
    });
  }

  it('goes back to the field from the message that is not answered after all', async () => {
    const room = new FakeRoom({
      ...INSIDE,
      chat: { entries: [chatEntry(1)], more: false, lastSeq: 1, lastRev: 0 },
    });
    const chat = document.createElement('rtc-chat');
    await showRoom(room, chat);
    chat.rtc.shared?.setTarget({ entry: chatEntry(1), edits: false });
    await settle(chat);
    focusOn('[part=target] button').click();
    await goesTo('textarea');
  });
});
