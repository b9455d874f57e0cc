// People whose names look the same, as the elements of a page show them.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { ChatMessageEvent } from '@rtc-elements/core';

import { chatEntry, mountChat } from '../../../../tests/support/chat-fixture.js';
import { fakePeer, FakeRoom, fakeState, fakeYou } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import { NameBook } from './name-book.js';

const ann = fakePeer('Ann', { session: 's1', user: 'u1', joinedAt: 1 });
/** The first letter is Cyrillic. */
const other = fakePeer('Аnn', { session: 's2', user: 'u2', joinedAt: 2 });
const twin = { ...ann, session: 's3', joinedAt: 3 };

const textOf = (element: Element | null | undefined): string =>
  element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

describe('names that look the same', () => {
  afterEach(() => document.body.replaceChildren());

  it('are marked in the roster, with words, but not for one person in two tabs', async () => {
    const room = new FakeRoom({ you: fakeYou({ role: 'host' }), peers: [other, ann, twin] });
    const list = document.createElement('rtc-participants');
    await showRoom(room, list);
    await until(() => list.shadowRoot?.textContent?.includes('(2)') === true);
    const people = [...(list.shadowRoot?.querySelectorAll('.who') ?? [])].map(textOf);
    expect(people).to.deep.equal([
      'Lin Wei You, Host',
      'Аnn (2) another person with this name',
      'Ann',
      'Ann',
    ]);
    expect(find(list, '.who[title="Аnn (2)"]').isConnected).to.equal(true);
  });

  it('are marked on tiles and in toasts', async () => {
    const room = new FakeRoom({ peers: [ann] });
    const element = await showRoom(room);
    room.set({ peers: [ann, other] });
    const grid = find(element, 'rtc-grid');
    const tileNames = (): string[] =>
      [...(grid.shadowRoot?.querySelectorAll('rtc-tile') ?? [])].map((tile) =>
        textOf(tile.shadowRoot?.querySelector('.name')),
      );
    await until(() => tileNames().includes('Аnn (2)'));
    expect(tileNames()).to.include('Ann');
    room.set({ peers: [ann, { ...other, hand: true }] });
    const toasts = find(element, 'rtc-notifications');
    await settle(toasts);
    expect([...(toasts.shadowRoot?.querySelectorAll('.toast') ?? [])].map(textOf)).to.include(
      'Аnn (2) raised a hand',
    );
  });

  it('are marked in the chat, where one of them may have left', async () => {
    const entries = [
      chatEntry(1, { user: 'u1', name: 'Ann', at: 1 }),
      chatEntry(2, { user: 'u2', name: 'ANN', at: 2 }),
    ];
    const { room, findAll, find: get } = await mountChat(entries);
    await until(() => findAll('.name').some((name) => name.textContent === 'ANN (2)'));
    expect(findAll('.name').map(textOf)).to.deep.equal(['Ann', 'ANN (2)']);
    expect(findAll('.name').map((name) => name.getAttribute('title'))).to.deep.equal([
      null,
      'another person with this name',
    ]);
    expect(get('[data-seq="2"]')?.getAttribute('aria-label')).to.match(/^ANN \(2\): /);
    const message = { ...chatEntry(3, { user: 'u2', name: 'ANN', text: 'psst' }), seq: 3 };
    room.dispatchEvent(new ChatMessageEvent(message));
    await until(() => textOf(get('.quiet[aria-live]')) === 'ANN (2): psst');
  });

  it('are marked for a host who decides who comes in', async () => {
    const access = {
      locked: true,
      waiting: [{ session: 's9', user: 'u9', name: 'Ann' }],
      banned: [],
    };
    const room = new FakeRoom({ you: fakeYou({ role: 'host' }), peers: [ann], access });
    const list = document.createElement('rtc-participants');
    await showRoom(room, list);
    await until(() => textOf(list.shadowRoot?.querySelector('.waiting .who')) === 'Ann (2)');
  });

  it('load nothing while no two names can look the same', () => {
    const load = (...names: string[]): boolean => {
      const peers = names.map((name, index) => fakePeer(name, { user: `u${index}` }));
      let isAsked = false;
      const book = new NameBook(() => (isAsked = true));
      book.take(fakeState({ peers }));
      return isAsked || book.isNeeded;
    };
    expect(load('Ann', 'Ben', 'Cem Aydin')).to.equal(false);
    expect(load('Ann', 'ann')).to.equal(true);
    expect(load('Ian', 'lan')).to.equal(true);
    expect(load('Ann', 'Zoë')).to.equal(true);
  });
});
