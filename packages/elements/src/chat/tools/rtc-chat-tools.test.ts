// <rtc-chat-tools>: what can be done with a message, by pointer and by keyboard, and what messages show.
import { expect } from '@esm-bundle/chai';
import type { ChatEntry } from '@rtc-elements/core';
import { RtcError } from '@rtc-elements/core';

import { expectAccessible } from '../../../../../tests/support/axe.js';
import {
  chatEntries,
  chatEntry,
  type ChatFixture,
  mountChat,
  setEntries,
} from '../../../../../tests/support/chat-fixture.js';
import { fakePeer, fakeYou } from '../../../../../tests/support/fake-room.js';
import { until } from '../../../../../tests/support/show.js';

const ME = fakeYou().user;
const own = (seq: number, over: Partial<ChatEntry> = {}): ChatEntry =>
  chatEntry(seq, { user: ME, name: 'Lin Wei', ...over });

const row = ({ find }: ChatFixture, seq: number): HTMLElement =>
  find(`[data-seq="${seq}"]`) as HTMLElement;

const point = async (fixture: ChatFixture, seq: number): Promise<void> => {
  const init = { bubbles: true, composed: true, pointerType: 'mouse' };
  row(fixture, seq).dispatchEvent(new PointerEvent('pointerover', init));
  await fixture.rendered();
};

const press = async (fixture: ChatFixture, target: Element | null, key: string): Promise<void> => {
  const init = { key, bubbles: true, composed: true, cancelable: true };
  target?.dispatchEvent(new KeyboardEvent('keydown', init));
  await fixture.rendered();
};

/** The focused element, in any shadow root. */
function focused(root: DocumentOrShadowRoot = document): Element | null {
  const { activeElement } = root;
  return activeElement?.shadowRoot ? focused(activeElement.shadowRoot) : activeElement;
}

const items = ({ findAll }: ChatFixture): string[] =>
  findAll('[role=menuitem]').map(({ textContent }) => textContent?.trim() ?? '');

const asked = ({ room }: ChatFixture): readonly string[] =>
  room.calls.filter((call) => !call.startsWith('markRead') && !call.startsWith('setTyping'));

describe('rtc-chat-tools', () => {
  afterEach(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
  });

  it('is accessible with everything that a message can show, with its menu, and with its question', async () => {
    const fixture = await mountChat([
      chatEntry(1, { reactions: { '👍': [ME, 'user-ben'] } }),
      own(2, { replyTo: 1, editedAt: 5 }),
      chatEntry(3, { text: '', deleted: true }),
      own(4),
    ]);
    fixture.room.set({ peers: [fakePeer('Ben', { read: 4 })] });
    await fixture.rendered();
    await point(fixture, 4);
    await expectAccessible(fixture.chat);
    row(fixture, 4).focus();
    await press(fixture, row(fixture, 4), 'Enter');
    await expectAccessible(fixture.chat);
    (fixture.find('.danger') as HTMLElement).click();
    await fixture.rendered();
    await expectAccessible(fixture.chat);
  });

  it('offers to edit and delete own messages and, for a host, to delete those of others', async () => {
    const fixture = await mountChat([chatEntry(1), own(2)]);
    const offered = async (seq: number): Promise<string[]> => {
      row(fixture, seq).focus();
      await press(fixture, row(fixture, seq), 'Enter');
      const found = items(fixture);
      await press(fixture, focused(), 'Escape');
      return found;
    };
    expect(await offered(1)).to.deep.equal(['Reply']);
    expect(await offered(2)).to.deep.equal(['Reply', 'Edit', 'Delete']);
    fixture.room.set({ you: fakeYou({ role: 'host' }) });
    await fixture.rendered();
    expect(await offered(1)).to.deep.equal(['Reply', 'Delete']);
  });

  it('moves between messages with the arrow keys, and back to the log with Escape', async () => {
    const fixture = await mountChat(chatEntries(1, 3));
    const scroller = fixture.find('.scroller');
    await press(fixture, scroller, 'ArrowUp');
    expect(focused()).to.equal(row(fixture, 3));
    await press(fixture, focused(), 'ArrowUp');
    expect(focused()).to.equal(row(fixture, 2));
    await press(fixture, focused(), 'Home');
    expect(focused()).to.equal(row(fixture, 1));
    await press(fixture, focused(), 'Escape');
    expect(focused()).to.equal(scroller);
  });

  it('reacts from the menu by keyboard, and returns focus to the message', async () => {
    const fixture = await mountChat([chatEntry(1)]);
    row(fixture, 1).focus();
    await press(fixture, row(fixture, 1), 'ContextMenu');
    expect(focused()?.textContent?.trim()).to.equal('👍');
    await press(fixture, focused(), 'ArrowRight');
    expect(focused()?.textContent?.trim()).to.equal('❤️');
    (focused() as HTMLElement).click();
    await fixture.rendered();
    expect(asked(fixture)).to.deep.equal(['react(1, "❤️", true)']);
    expect(focused()).to.equal(row(fixture, 1));
  });

  it('opens the menu of a message on a long press', async () => {
    const fixture = await mountChat([chatEntry(1)]);
    const init = { bubbles: true, composed: true, pointerType: 'touch' };
    row(fixture, 1).dispatchEvent(new PointerEvent('pointerdown', init));
    await until(() => fixture.find('[role=menu]') !== null);
  });

  it('shows a toolbar over the message under the pointer, and none when the pointer leaves', async () => {
    const fixture = await mountChat([chatEntry(1)]);
    expect(fixture.find('[role=toolbar]')).to.equal(null);
    await point(fixture, 1);
    expect(fixture.find('[role=toolbar]')).not.to.equal(null);
    fixture.find('rtc-chat-log')?.dispatchEvent(new PointerEvent('pointerleave'));
    await fixture.rendered();
    expect(fixture.find('[role=toolbar]')).to.equal(null);
  });

  it('marks the message that its menu and its question refer to', async () => {
    const fixture = await mountChat([own(1), own(2)]);
    const marked = (): string[] =>
      [row(fixture, 1), row(fixture, 2)].map((one) => getComputedStyle(one).backgroundColor);
    const [plain] = marked();
    row(fixture, 1).focus();
    await press(fixture, row(fixture, 1), 'Enter');
    expect(marked()[0]).not.to.equal(plain);
    expect(marked()[1]).to.equal(plain);
    fixture.find('.item.danger')?.click();
    await fixture.rendered();
    expect(marked()[0]).not.to.equal(plain);
    fixture.find('.keep')?.click();
    await fixture.rendered();
    expect(marked()).to.deep.equal([plain, plain]);
  });

  it('covers neither the first nor the last message with its menu or question', async () => {
    const fixture = await mountChat([1, 2, 3, 4, 5, 6].map((seq) => own(seq)));
    const isBeside = (seq: number): boolean => {
      const line = row(fixture, seq).getBoundingClientRect();
      const float = fixture.find('.float')?.getBoundingClientRect();
      return float !== undefined && (float.top >= line.bottom || float.bottom <= line.top);
    };
    for (const seq of [1, 6]) {
      row(fixture, seq).focus();
      await press(fixture, row(fixture, seq), 'Enter');
      await until(() => isBeside(seq));
      fixture.find('.item.danger')?.click();
      await fixture.rendered();
      await until(() => isBeside(seq));
      fixture.find('.keep')?.click();
      await fixture.rendered();
    }
  });

  it('shows reactions as chips that toggle, with names in their title', async () => {
    const reactions = { '🎉': ['user-ben', ME], '👍': ['user-ada'] };
    const fixture = await mountChat([chatEntry(1, { reactions })]);
    fixture.room.set({ peers: [fakePeer('Ben')] });
    await fixture.rendered();
    const [ours, theirs] = fixture.findAll('.reaction');
    expect(ours?.textContent?.replace(/\s/g, '')).to.equal('🎉2');
    expect([ours?.ariaPressed, theirs?.ariaPressed]).to.deep.equal(['true', 'false']);
    expect(theirs?.title).to.equal('Ada');
    ours?.click();
    theirs?.click();
    await fixture.rendered();
    expect(asked(fixture)).to.deep.equal(['react(1, "🎉", false)', 'react(1, "👍", true)']);
  });

  it('asks before it deletes, and does nothing if the message should be kept', async () => {
    const fixture = await mountChat([own(1)]);
    const ask = async (answer: string): Promise<void> => {
      row(fixture, 1).focus();
      await press(fixture, row(fixture, 1), 'Enter');
      (fixture.find('.danger') as HTMLElement).click();
      await fixture.rendered();
      expect(focused()?.textContent?.trim()).to.equal('Keep');
      (fixture.find(answer) as HTMLElement).click();
      await fixture.rendered();
      expect(fixture.find('[role=alertdialog]')).to.equal(null);
    };
    await ask('.keep');
    expect(asked(fixture)).to.deep.equal([]);
    await ask('.sure');
    expect(asked(fixture)).to.deep.equal(['delete(1)']);
  });

  it('says why the room refused a request', async () => {
    const fixture = await mountChat([chatEntry(1, { reactions: { '👍': [] } })]);
    fixture.room.chat.react = () => Promise.reject(new RtcError('flooded', 'Wait a moment.'));
    fixture.find('.reaction')?.click();
    await until(() => fixture.find('.failure')?.hidden === false);
    expect(fixture.find('.failure')?.textContent).to.contain('Wait a moment.');
  });

  it('marks an edited message with the time, and keeps the place of a deleted one', async () => {
    const fixture = await mountChat([
      chatEntry(1, { editedAt: new Date(2026, 2, 4, 13, 5).getTime() }),
      chatEntry(2, { text: '', deleted: true }),
    ]);
    expect(fixture.find('[part=edited]')?.title).to.match(/^Edited .*2026/);
    expect(row(fixture, 2).textContent).to.contain('This message was deleted.');
  });

  it('quotes the answered message, and scrolls to it', async () => {
    const entries = [...chatEntries(1, 40), chatEntry(41, { replyTo: 2 })];
    const fixture = await mountChat(entries);
    const quote = fixture.find('[part=quote]') as HTMLElement;
    expect(quote.textContent?.replace(/\s+/g, ' ').trim())
      .to.contain('Ada')
      .and.contain('message 2');
    quote.click();
    await until(() => focused() === row(fixture, 2));
    const [inner, outer] = [row(fixture, 2), fixture.find('.scroller')].map((element) =>
      (element as HTMLElement).getBoundingClientRect(),
    );
    expect(inner!.top).to.be.within(outer!.top, outer!.bottom);
  });

  it('loads a quoted message that is further back, and says if it is not kept any more', async () => {
    const fixture = await mountChat();
    const { room, rendered, find } = fixture;
    setEntries(room, [...chatEntries(51, 60), chatEntry(61, { replyTo: 3 })], true);
    room.chat.history = async () => {
      setEntries(room, [...chatEntries(1, 60), chatEntry(61, { replyTo: 3 })]);
      return { messages: [], more: false };
    };
    await rendered();
    find('[part=quote]')?.click();
    await until(() => focused() === find('[data-seq="3"]'));
    setEntries(room, [chatEntry(70, { replyTo: 1 })]);
    await rendered();
    find('[part=quote]')?.click();
    await until(() => find('.failure')?.hidden === false);
    expect(find('.failure')?.textContent).to.contain('not kept any more');
  });

  it('shows below the last own message who has seen it', async () => {
    const fixture = await mountChat([own(1), own(2), chatEntry(3)]);
    const { room, find, findAll, rendered } = fixture;
    expect(find('[part=seen]')).to.equal(null);
    room.set({ peers: [fakePeer('Ben', { read: 2 }), fakePeer('Chen', { read: 3 })] });
    await rendered();
    expect(findAll('[part=seen]').map((seen) => seen.textContent?.trim())).to.deep.equal([
      'Seen by Ben, Chen',
    ]);
    expect(row(fixture, 2).contains(find('[part=seen]'))).to.equal(true);
  });

  it('reports the read position once the end of the log was visible', async () => {
    const { room } = await mountChat(chatEntries(1, 3));
    await until(() => room.calls.includes('markRead(3)'));
  });
});
