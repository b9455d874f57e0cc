// <rtc-chat> as a page sees it.
import 'axe-core/axe.min.js';
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { ChatMessageEvent, RoomErrorEvent, RtcError, TypingEvent } from '@rtc-elements/core';
import type axe from 'axe-core';

import {
  chatEntries,
  chatEntry,
  frames,
  mountChat,
  pendingEntry,
  setEntries,
} from '../../../../tests/support/chat-fixture.js';
import { FakeRoom, fakePeer, fakeYou } from '../../../../tests/support/fake-room.js';
import { createsRoom, until } from '../../../../tests/support/show.js';
import { RtcRoom } from '../room/rtc-room.js';
import type { RtcChatEntry } from './rtc-chat-entry.js';
import { RtcChat } from './rtc-chat.js';

async function violations(element: Element): Promise<readonly string[]> {
  const { run } = (window as unknown as { axe: typeof axe }).axe;
  const found = await run(element, { rules: { region: { enabled: false } } });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

describe('rtc-chat', () => {
  afterEach(() => {
    document.body.replaceChildren();
    document.body.removeAttribute('style');
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible in all its states, ${theme}`, async () => {
      const { chat, room, rendered } = await mountChat();
      chat.theme = theme;
      document.body.style.colorScheme = theme;
      expect(await violations(chat)).to.deep.equal([]);
      const failed = { ...pendingEntry('b', 'no'), status: 'failed' as const };
      setEntries(room, [
        ...chatEntries(1, 3),
        chatEntry(4, { user: 'user-ben', text: 'see https://a.example' }),
        pendingEntry('a', 'on its way'),
        failed,
      ]);
      room.set({ connection: 'reconnecting', peers: [fakePeer('Ada', { typing: true })] });
      await rendered();
      expect(await violations(chat)).to.deep.equal([]);
      room.set({ connection: 'closed', left: 'network' });
      await rendered();
      expect(await violations(chat)).to.deep.equal([]);
    });
  }

  it('asks for a name when it is on its own and has none, and joins for the chat only', async () => {
    const chat = new RtcChat();
    chat.host = 'localhost:1';
    chat.room = 'alone';
    document.body.append(chat);
    await chat.updateComplete;
    expect(await violations(chat)).to.deep.equal([]);
    await RtcChat.lazyElements.interface.load();
    await chat.updateComplete;
    const entry = chat.renderRoot.querySelector('rtc-chat-entry') as RtcChatEntry;
    await entry.updateComplete;
    expect(await violations(chat)).to.deep.equal([]);
    const form = entry.renderRoot.querySelector('form') as HTMLFormElement;
    (form.querySelector('input') as HTMLInputElement).value = ' Ada ';
    form.requestSubmit();
    await until(() => chat.client?.getSnapshot().connection === 'connecting');
    await chat.updateComplete;
    expect(chat.renderRoot.querySelector('rtc-chat-entry')).to.equal(null);
    expect(chat.renderRoot.querySelector('[part=connection]')?.textContent).to.contain(
      'Connecting',
    );
    expect(chat.roomRequest().call).to.equal(false);
  });

  it('sends by method, and resolves with the result of the room', async () => {
    const { chat, room } = await mountChat();
    expect(await chat.sendMessage('hi')).to.deep.equal({ id: 'sent', seq: 1, at: 0 });
    expect(room.calls).to.contain('send("hi")');
  });

  it('dispatches the events of the room', async () => {
    const { chat, room } = await mountChat();
    const seen: string[] = [];
    document.body.addEventListener('rtc-message', ({ message }) => seen.push(message.text));
    document.body.addEventListener('rtc-typing', ({ peer }) => seen.push(peer.name));
    document.body.addEventListener('rtc-error', ({ code, fatal }) => seen.push(`${code} ${fatal}`));
    room.dispatchEvent(new ChatMessageEvent(chatEntry(1)));
    room.dispatchEvent(new TypingEvent(fakePeer('Ben'), true));
    room.dispatchEvent(new RoomErrorEvent(new RtcError('flooded', 'Slower.'), false));
    expect(seen).to.deep.equal(['message 1', 'Ben', 'flooded false']);
    chat.remove();
    await until(() => room.listenerCount === 0);
    room.dispatchEvent(new ChatMessageEvent(chatEntry(2)));
    expect(seen.length).to.equal(3);
  });

  it('dispatches rtc-error once when the room refuses, with a name of its own or one that was entered', async () => {
    for (const name of ['Ada', '']) {
      const room = new FakeRoom({ connection: 'idle', you: null });
      const refusal = new RtcError('token-expired', 'Your invitation has expired.');
      room.join = () => {
        const problem = { code: refusal.code, message: refusal.message, retryable: false };
        room.set({ connection: 'closed', left: 'token-expired', problem });
        room.dispatchEvent(new RoomErrorEvent(refusal, true));
        return Promise.reject(refusal);
      };
      const chat = new RtcChat();
      chat.name = name;
      const seen: string[] = [];
      chat.addEventListener('rtc-error', ({ code, fatal }) => seen.push(`${code} ${fatal}`));
      await createsRoom(chat, room, async () => {
        document.body.append(chat);
        await chat.updateComplete;
      });
      if (!name) {
        await RtcChat.lazyElements.interface.load();
        await chat.updateComplete;
        const entry = chat.renderRoot.querySelector('rtc-chat-entry') as RtcChatEntry;
        await entry.updateComplete;
        const form = entry.renderRoot.querySelector('form') as HTMLFormElement;
        (form.querySelector('input') as HTMLInputElement).value = 'Ada';
        form.requestSubmit();
      }
      await until(() => room.getSnapshot().connection === 'closed');
      await chat.updateComplete;
      expect(seen, name).to.deep.equal(['token-expired true']);
      chat.remove();
    }
  });

  it('dispatches rtc-ready with its room before anything is sent', async () => {
    const room = new FakeRoom();
    const ready = new Promise((resolve) => {
      document.body.addEventListener('rtc-ready', (event) => resolve(event.client), { once: true });
    });
    const chat = new RtcChat();
    chat.client = room;
    document.body.append(chat);
    expect(await ready).to.equal(room);
  });

  it('counts messages as unread that arrive while it is hidden, but not those seen at once', async () => {
    const { chat, room, findAll, rendered } = await mountChat(chatEntries(1, 3));
    const counts: number[] = [];
    chat.addEventListener('rtc-unread', ({ unread }) => counts.push(unread));
    const isDrawn = (): boolean => findAll('.item').length > 0;
    await until(isDrawn);
    // The observers of the browser report asynchronously that the end of the log is visible.
    await until(() => {
      room.set({});
      return chat.unread === 0;
    });
    chat.hidden = true;
    await until(() => {
      setEntries(room, [...chatEntries(1, 5), chatEntry(6, { user: fakeYou().user })]);
      return chat.unread === 2;
    });
    await rendered();
    expect(chat.getAttribute('unread')).to.equal('2');
    expect(findAll('[part=divider]').length).to.equal(1);
    chat.hidden = false;
    await until(() => chat.unread === 0);
    expect(chat.hasAttribute('unread')).to.equal(false);
    expect(counts).to.deep.equal([2, 0]);
  });

  it('shows who is typing, each person once, and not the local user', async () => {
    const { room, find, rendered } = await mountChat();
    const words = async (...names: readonly string[]): Promise<string> => {
      room.set({ peers: names.map((name) => fakePeer(name, { typing: true })) });
      await rendered();
      return (find('.names')?.textContent ?? '').replace(/[\u2068\u2069]/g, '');
    };
    expect(await words()).to.equal('');
    expect(await words('Ada')).to.equal('Ada is typing');
    expect(await words('Ada', 'Ada', 'Lin Wei')).to.equal('Ada is typing');
    expect(await words('Ada', 'Ben')).to.equal('Ada and Ben are typing');
    expect(await words('Ada', 'Ben', 'Cy')).to.equal('Several people are typing');
  });

  it('says why the stay ended, and offers to join again, unless the person is banned', async () => {
    const { room, find, rendered } = await mountChat([], { own: true });
    const problem = {
      code: 'host-unreachable',
      message: 'Check your connection.',
      retryable: true,
    } as const;
    room.set({ connection: 'closed', left: 'network', problem });
    await rendered();
    expect(find('[part=over]')?.textContent).to.contain('standup').and.contain('Check your');
    expect(find('[part=over] button')).not.to.equal(null);
    expect(find('textarea')).to.equal(null);
    room.set({ left: 'banned' });
    await rendered();
    expect(find('[part=over] button')).to.equal(null);
  });

  it('announces messages while its log is visible; otherwise the room does', async () => {
    await RtcRoom.lazyElements.interface.load();
    await RtcChat.lazyElements.interface.load();
    const client = new FakeRoom({ peers: [fakePeer('Ada')] });
    const around = new RtcRoom();
    around.client = client;
    const chat = new RtcChat();
    around.append(chat);
    document.body.append(around);
    const say = (seq: number): void => {
      setEntries(client, chatEntries(1, seq));
      client.dispatchEvent(new ChatMessageEvent(chatEntry(seq)));
    };
    const saidBy = (element: Element | null | undefined): string =>
      element?.shadowRoot?.querySelector('[aria-live=polite]')?.textContent?.trim() ?? '';
    const isShown = (): boolean => chat.renderRoot.querySelector('rtc-chat-log') !== null;
    await until(isShown);
    // The observers of the browser report asynchronously whether the log is visible.
    await frames();
    say(1);
    await until(() => saidBy(chat.renderRoot.querySelector('rtc-chat-log')) === 'Ada: message 1');
    await around.updateComplete;
    expect(saidBy(around)).to.equal('');
    chat.hidden = true;
    await frames();
    say(2);
    await until(() => saidBy(around) === 'Ada: message 2');
  });

  it('has no header in a panel', async () => {
    const { chat, find } = await mountChat();
    expect(find('[part=header]')).not.to.equal(null);
    chat.inPanel = true;
    await chat.updateComplete;
    expect(find('[part=header]')).to.equal(null);
  });

  it('keeps its room and its log when it is moved in the page', async () => {
    const { chat, room, find, rendered } = await mountChat(chatEntries(1, 2));
    const log = find('rtc-chat-log');
    const place = document.createElement('div');
    document.body.append(place);
    place.append(chat);
    await rendered();
    expect(find('rtc-chat-log')).to.equal(log);
    setEntries(room, chatEntries(1, 3));
    await rendered();
    expect(log?.shadowRoot?.querySelectorAll('.item').length).to.equal(3);
  });
});
