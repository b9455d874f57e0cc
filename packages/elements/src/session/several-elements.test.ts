// Several elements that show one session: what only one of them should do is done once.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { ChatMessageEvent, type Room } from '@rtc-elements/core';
import type { NotifyMessage } from '@rtc-elements/protocol';

import { chatEntry, frames } from '../../../../tests/support/chat-fixture.js';
import { fakeOn, fakePeer, fakeProblem, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import { RtcChatLog } from '../chat/log/rtc-chat-log.js';
import { loadMore } from './requests/load-more.js';
import type { RtcRoom } from '../room/rtc-room.js';
import { engine } from './room-registry.js';

/** Runs `action`, and returns what was warned of meanwhile. */
async function warnings(action: () => Promise<void>): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => said.push(words.join(' '));
  try {
    await action();
  } finally {
    console.warn = warn;
  }
  return said;
}

/** Removes an element, and waits until it has let go of its session. */
async function remove(element: RtcRoom): Promise<void> {
  element.remove();
  await until(() => element.shared === null);
}

async function showTwo(room: FakeRoom): Promise<readonly [RtcRoom, RtcRoom]> {
  return [await showRoom(room), await showRoom(room)];
}

const announced = (element: RtcRoom): string =>
  find(element, 'rtc-announcer').textContent?.trim() ?? '';

const roles = (element: Element, selector: string): (string | null)[] =>
  [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((card) =>
    card.getAttribute('role'),
  );

describe('several elements of one session', () => {
  afterEach(() => document.body.replaceChildren());

  it('use the texts of the first that has some, warn of others once, and of the next one when it goes', async () => {
    const room = new FakeRoom();
    const [one, two] = await showTwo(room);
    const updates = new Map([one, two].map((element) => [element, 0]));
    for (const element of [one, two])
      element.addController({
        hostUpdated: () => updates.set(element, (updates.get(element) ?? 0) + 1),
      });
    const said = await warnings(async () => {
      one.messages = { leave: 'Verlassen' };
      await settle(one);
      two.messages = { leave: 'Quitter' };
      await settle(two);
      for (let times = 0; times < 5; times += 1) {
        one.requestUpdate();
        two.requestUpdate();
        await Promise.all([settle(one), settle(two)]);
      }
    });
    expect(one.shared?.messages).to.deep.equal({ leave: 'Verlassen' });
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.contain('texts').and.contain('standup');
    expect(Math.max(...updates.values())).to.be.below(15);
    await remove(one);
    expect(two.shared?.messages).to.deep.equal({ leave: 'Quitter' });
    two.messages = { leave: 'Salir' };
    await settle(two);
    expect(two.shared?.messages).to.deep.equal({ leave: 'Salir' });
  });

  it('do not warn of the same texts, keep them over a move, and have them again after a return', async () => {
    const room = new FakeRoom();
    const said = await warnings(async () => {
      const [one, two] = await showTwo(room);
      one.messages = { leave: 'Verlassen' };
      await settle(one);
      two.messages = { leave: 'Verlassen' };
      await settle(two);
      const { messages } = one;
      document.body.append(one);
      await settle(one);
      await frames();
      expect(one.shared?.messages).to.equal(messages);
      await remove(one);
      await remove(two);
      document.body.append(one);
      await settle(one);
      expect(one.shared?.messages).to.equal(messages);
    });
    expect(said).to.deep.equal([]);
  });

  it('say once who joined, and go on when the one that says it is removed', async () => {
    const room = new FakeRoom();
    const [one, two] = await showTwo(room);
    room.set({ peers: [fakePeer('Aisha')] });
    await Promise.all([settle(one), settle(two)]);
    expect([announced(one), announced(two)]).to.deep.equal(['Aisha joined', '']);
    await remove(one);
    await settle(two);
    room.set({ peers: [fakePeer('Aisha'), fakePeer('Ben')] });
    await settle(two);
    expect(announced(two)).to.equal('Ben joined');
  });

  it('read a card and a notice once to people who cannot see them', async () => {
    const room = new FakeRoom();
    const [one, two] = await showTwo(room);
    const { media } = room.getSnapshot();
    room.set({ media: { ...media, camera: fakeProblem('device-busy', 'In use.') } });
    const notice = { type: 'notify', id: 'n', at: 0, level: 'error', title: 'Down' } as const;
    room.dispatchEvent(
      Object.assign(new Event('notify'), { notice: notice satisfies NotifyMessage }),
    );
    const toasts = (element: Element): (string | null)[] =>
      roles(find(element, 'rtc-notifications'), '.card');
    await until(() => toasts(one).length + toasts(two).length === 2);
    expect([toasts(one), toasts(two)]).to.deep.equal([['alert'], [null]]);
    const cards = (element: Element): (string | null)[] =>
      roles(find(element, 'rtc-notices'), '.card');
    expect([cards(one), cards(two)]).to.deep.equal([['alert'], [null]]);
    await remove(one);
    await settle(two);
    expect([toasts(two), cards(two)]).to.deep.equal([['alert'], ['alert']]);
  });

  it('say a message once, whether a log is visible or not', async () => {
    const room = new FakeRoom();
    const logs = [new RtcChatLog(), new RtcChatLog()] as const;
    for (const log of logs) log.style.cssText = 'display: block; block-size: 100px';
    const element = await showRoom(room, ...logs);
    const { owners } = element.shared ?? {};
    const visible = (): object | undefined => owners?.ownerOf('visible-log');
    await until(() => visible() !== undefined);
    let seq = 0;
    /** Who says the next message: the place of a log, or the announcer. */
    const say = async (): Promise<(object | string)[]> => {
      const entry = chatEntry((seq += 1));
      room.set({ chat: { entries: [entry], more: false, lastSeq: seq, lastRev: 0 } });
      room.dispatchEvent(new ChatMessageEvent(entry));
      await settle(element);
      const says = (text: string | null | undefined): boolean =>
        text?.includes(`message ${seq}`) ?? false;
      const speaking = logs.filter(({ shadowRoot }) =>
        says(shadowRoot?.querySelector('.quiet')?.textContent),
      );
      return [...speaking, ...(says(announced(element)) ? ['announcer'] : [])];
    };
    // The browser looks at them in any order.
    const [first, second] = visible() === logs[0] ? logs : [logs[1], logs[0]];
    expect(await say()).to.deep.equal([first]);
    first.remove();
    await until(() => visible() === second);
    expect(await say()).to.deep.equal([second]);
    second.style.display = 'none';
    await until(() => visible() === undefined);
    expect(await say()).to.deep.equal(['announcer']);
  });

  it('turn on the devices of a lobby once, and not those that somebody has turned off', async () => {
    const { createRoom } = engine;
    const room = new FakeRoom({ connection: 'idle', you: null });
    engine.createRoom = (): Room => room;
    try {
      await loadMore();
      const add = async (): Promise<RtcRoom> => {
        const element = document.createElement('rtc-room');
        Object.assign(element, { host: 'lobbies.example', room: 'lobby' });
        document.body.append(element);
        await settle(element);
        await until(() => element.shadowRoot?.querySelector('rtc-lobby') != null);
        await settle(element);
        return element;
      };
      const one = await add();
      room.set({ media: { ...room.getSnapshot().media, camera: fakeOn('cam-1') } });
      await room.media.setCamera(false);
      room.calls.length = 0;
      const two = await add();
      expect(two.shared).to.equal(one.shared);
      await remove(one);
      await settle(two);
      expect(room.calls).to.deep.equal([]);
    } finally {
      engine.createRoom = createRoom;
    }
  });
});
