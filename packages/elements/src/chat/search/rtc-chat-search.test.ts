// <rtc-chat-search>: finds messages, and scrolls to them.
import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';
import type { ChatMessage } from '@rtc-elements/protocol';

import { expectAccessible } from '../../../../../tests/support/axe.js';
import {
  chatEntries,
  type ChatFixture,
  mountChat,
} from '../../../../../tests/support/chat-fixture.js';
import { until } from '../../../../../tests/support/show.js';

const message = (seq: number): ChatMessage => ({
  seq,
  id: `m${seq}`,
  at: 0,
  user: 'user-ada',
  name: 'Ada',
  kind: 'text',
  text: `message ${seq}`,
});

async function openSearch(): Promise<ChatFixture> {
  const fixture = await mountChat(chatEntries(5, 8));
  fixture.find('rtc-chat-search')?.shadowRoot?.querySelector('button')?.click();
  await fixture.rendered();
  return fixture;
}

async function search({ find, rendered }: ChatFixture, query: string): Promise<void> {
  (find('[role=search] input') as HTMLInputElement).value = query;
  (find('[role=search]') as HTMLFormElement).requestSubmit();
  await rendered();
}

describe('rtc-chat-search', () => {
  afterEach(() => document.body.replaceChildren());

  it('is accessible, opens with focus in its field, and closes on Escape', async () => {
    const fixture = await openSearch();
    const { room, chat, find, rendered } = fixture;
    room.chat.search = async () => ({ messages: [message(5), message(6)], more: true });
    const field = find('[role=search] input');
    const root = find('rtc-chat-search')?.shadowRoot;
    expect(root?.activeElement).to.equal(field);
    await search(fixture, 'message');
    await until(() => find('.result') !== null);
    await expectAccessible(chat);
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await rendered();
    expect(find('[role=search]')).to.equal(null);
    expect(root?.activeElement).to.equal(find('.toggle'));
  });

  it('keeps its icon while it is open: a cross belongs to the enclosing panel', async () => {
    const { find, rendered } = await openSearch();
    const sign = find('.toggle')?.innerHTML;
    find('.toggle')?.click();
    await rendered();
    expect(find('.toggle')?.ariaExpanded).to.equal('false');
    expect(find('.toggle')?.innerHTML).to.equal(sign);
  });

  it('lists results, newest first, with matches marked, and older ones on request', async () => {
    const fixture = await openSearch();
    const { room, find, findAll } = fixture;
    const befores: unknown[] = [];
    room.chat.search = async (_query, options) => {
      befores.push(options?.before);
      const isFirst = befores.length === 1;
      return { messages: isFirst ? [message(7), message(8)] : [message(2)], more: isFirst };
    };
    await search(fixture, 'MESSAGE');
    await until(() => findAll('.result').length === 2);
    expect(findAll('.result .text').map((text) => text.textContent)).to.deep.equal([
      'message 8',
      'message 7',
    ]);
    expect(find('mark')?.textContent).to.equal('message');
    find('.more')?.click();
    await until(() => findAll('.result').length === 3);
    expect(befores).to.deep.equal([undefined, 7]);
    expect(find('.count')?.textContent?.trim()).to.equal('3 messages found');
  });

  it('scrolls to a message that the log can reach, and shows any other in full', async () => {
    const fixture = await openSearch();
    const { room, find, findAll, rendered } = fixture;
    room.chat.search = async () => ({ messages: [message(1), message(6)], more: false });
    await search(fixture, 'message');
    await until(() => findAll('.result').length === 2);
    findAll('.result')[1]?.click();
    await until(() => find('.far') !== null);
    expect(find('.note')?.textContent).to.contain('too far back');
    findAll('.result')[0]?.click();
    await until(() => find('[role=search]') === null);
    await rendered();
    expect(find('rtc-chat-log')?.shadowRoot?.activeElement).to.equal(find('[data-seq="6"]'));
  });

  it('says that nothing was found, and why a search failed', async () => {
    const fixture = await openSearch();
    const { room, find } = fixture;
    await search(fixture, 'nothing');
    await until(() => find('.count')?.textContent?.trim() === 'Nothing found.');
    room.chat.search = () => Promise.reject(new RtcError('flooded', 'Wait a moment.'));
    await search(fixture, 'again');
    await until(() => find('.count')?.textContent?.trim() === 'Wait a moment.');
  });
});
