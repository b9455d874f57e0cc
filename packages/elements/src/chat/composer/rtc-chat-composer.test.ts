// <rtc-chat-composer>: what happens to what is typed.
import { expect } from '@esm-bundle/chai';
import { type ChatEntry, RtcError } from '@rtc-elements/core';

import { expectAccessible } from '../../../../../tests/support/axe.js';
import {
  chatEntry,
  type ChatFixture,
  mountChat,
  setEntries,
} from '../../../../../tests/support/chat-fixture.js';
import { fakeYou } from '../../../../../tests/support/fake-room.js';
import { until } from '../../../../../tests/support/show.js';
import type { SharedRoom } from '../../session/shared-room.js';

interface Composer extends ChatFixture {
  readonly field: HTMLTextAreaElement;
  type(text: string): Promise<void>;
  press(init: KeyboardEventInit): KeyboardEvent;
}

/** `host`: the chat opens the room itself, on that host. */
async function mountComposer(host?: string): Promise<Composer> {
  const fixture = await mountChat([], host === undefined ? {} : { own: true, host });
  const field = fixture.find('textarea') as HTMLTextAreaElement;
  return {
    ...fixture,
    field,
    async type(text) {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await fixture.rendered();
    },
    press(init) {
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
      field.dispatchEvent(event);
      return event;
    },
  };
}

/** The Enter that WebKit sends after a composition has ended. */
const LATE_ENTER = { key: 'Enter', ...{ keyCode: 229 } };

const sent = (calls: readonly string[]): readonly string[] =>
  calls.filter((call) => call.startsWith('send('));

describe('rtc-chat-composer', () => {
  afterEach(() => {
    document.body.replaceChildren();
    sessionStorage.clear();
  });

  it('sends on Enter and empties the field', async () => {
    const { field, type, press, room, find, rendered } = await mountComposer();
    await type('  hello  ');
    expect(press({ key: 'Enter' }).defaultPrevented).to.equal(true);
    await rendered();
    expect(sent(room.calls)).to.deep.equal(['send("hello")']);
    expect(field.value).to.equal('');
    expect(find('[part=send]')?.matches(':disabled')).to.equal(true);
  });

  it('leaves Shift+Enter to the field, and does not send blank text', async () => {
    const { type, press, room } = await mountComposer();
    await type('hello');
    expect(press({ key: 'Enter', shiftKey: true }).defaultPrevented).to.equal(false);
    await type(' \n ');
    press({ key: 'Enter' });
    expect(sent(room.calls)).to.deep.equal([]);
  });

  it('leaves the Enter that ends a composition to the input method', async () => {
    const { type, press, room } = await mountComposer();
    await type('にほん');
    expect(press({ key: 'Enter', isComposing: true }).defaultPrevented).to.equal(false);
    expect(press(LATE_ENTER).defaultPrevented).to.equal(false);
    expect(sent(room.calls)).to.deep.equal([]);
    press({ key: 'Enter' });
    expect(sent(room.calls)).to.deep.equal(['send("にほん")']);
  });

  it('lets the page change the text or prevent sending', async () => {
    const { chat, field, type, press, room } = await mountComposer();
    chat.addEventListener('rtc-before-send', (event) => {
      if (event.text === 'no') event.preventDefault();
      else event.text = event.text.toUpperCase();
    });
    await type('no');
    press({ key: 'Enter' });
    expect(field.value).to.equal('no');
    await type('yes');
    press({ key: 'Enter' });
    expect(sent(room.calls)).to.deep.equal(['send("YES")']);
  });

  it('keeps a draft across a reload, until it is sent', async () => {
    const first = await mountComposer('reload.example');
    await first.type('half a th');
    document.body.replaceChildren();
    const second = await mountComposer('reload.example');
    expect(second.field.value).to.equal('half a th');
    expect(second.find('[part=send]')?.matches(':disabled')).to.equal(false);
    expect(sent(second.room.calls)).to.deep.equal([]);
    second.press({ key: 'Enter' });
    document.body.replaceChildren();
    expect((await mountComposer('reload.example')).field.value).to.equal('');
  });

  it('counts code points near the limit, and does not send a longer text', async () => {
    const { type, press, room, find } = await mountComposer();
    const count = (): string => find('.count')?.textContent?.trim() ?? '';
    await type('😀'.repeat(3_799));
    expect(count()).to.equal('');
    await type('😀'.repeat(3_999));
    expect(count()).to.equal('1 character left');
    await type('😀'.repeat(4_002));
    expect(count()).to.equal('2 characters too many');
    press({ key: 'Enter' });
    expect(sent(room.calls)).to.deep.equal([]);
  });

  it('accepts messages while the room is unreachable, and says that they wait', async () => {
    const { type, press, room, find, rendered } = await mountComposer();
    room.set({ connection: 'reconnecting' });
    await rendered();
    expect(find('[part=note]')?.textContent).to.contain('Not connected');
    await type('hello');
    press({ key: 'Enter' });
    expect(sent(room.calls).length).to.equal(1);
  });

  it('accepts no messages before the room is joined, and says so', async () => {
    const { field, room, find, rendered } = await mountComposer();
    room.set({ connection: 'idle' });
    await rendered();
    expect(field.disabled).to.equal(true);
    expect(find('[part=note]')?.textContent).to.contain('Join');
  });

  it('returns the text of a message that the outbox did not accept', async () => {
    const { field, type, press, room, find } = await mountComposer();
    room.chat.send = () => Promise.reject(new RtcError('outbox-full', 'Too much waits.'));
    await type('hello');
    press({ key: 'Enter' });
    await until(() => field.value === 'hello');
    await until(() => find('[part=note]')?.textContent?.includes('Too much waits.') ?? false);
  });

  it('announces typing on input, and its end when the field is emptied or sent', async () => {
    const { type, press, room } = await mountComposer();
    const told = (): readonly string[] => room.calls.filter((call) => call.startsWith('setTyping'));
    await type('h');
    await type('');
    await type('hi');
    press({ key: 'Enter' });
    expect(told()).to.deep.equal(
      ['true', 'false', 'true', 'false'].map((on) => `setTyping(${on})`),
    );
  });

  it('grows with its text up to a limit, and can be focused', async () => {
    const { chat, field, type } = await mountComposer();
    const height = (): number => field.getBoundingClientRect().height;
    expect(height()).to.be.within(44, 46);
    await type('a\nb\nc');
    expect(height()).to.be.within(80, 90);
    await type('a\n'.repeat(100));
    expect(height()).to.be.below(150);
    chat.focusComposer();
    expect((field.getRootNode() as ShadowRoot).activeElement).to.equal(field);
  });

  const own = (seq: number, text: string): ChatEntry =>
    chatEntry(seq, { user: fakeYou().user, name: 'Lin Wei', text });

  it('answers a message, shows whose, and stops on Escape', async () => {
    const { chat, room, find, field, type, press, rendered } = await mountComposer();
    const shared = (): SharedRoom | null => chat.adopted;
    shared()?.setTarget({ entry: chatEntry(7), edits: false });
    await rendered();
    await expectAccessible(chat);
    expect(find('[part=target]')?.textContent)
      .to.contain('Replying to Ada')
      .and.contain('message 7');
    expect(press({ key: 'Escape' }).defaultPrevented).to.equal(true);
    await rendered();
    expect(find('[part=target]')).to.equal(null);
    shared()?.setTarget({ entry: chatEntry(7), edits: false });
    await rendered();
    await type('yes');
    press({ key: 'Enter' });
    await rendered();
    expect(sent(room.calls)).to.deep.equal(['send("yes", {"replyTo":7})']);
    expect(find('[part=target]')).to.equal(null);
    expect(field.value).to.equal('');
  });

  it('edits the last own message on ArrowUp in an empty field', async () => {
    const { room, find, field, type, press, rendered } = await mountComposer();
    setEntries(room, [own(1, 'first'), own(2, 'helo'), chatEntry(3)]);
    await rendered();
    expect(press({ key: 'ArrowUp' }).defaultPrevented).to.equal(true);
    await rendered();
    expect(field.value).to.equal('helo');
    expect(find('[part=target]')?.textContent).to.contain('Editing');
    expect(press({ key: 'ArrowUp' }).defaultPrevented).to.equal(false);
    await type('hello');
    press({ key: 'Enter' });
    await rendered();
    expect(room.calls).to.contain('edit(2, "hello")');
    expect(sent(room.calls)).to.deep.equal([]);
    expect(field.value).to.equal('');
  });

  it('restores the previous text when an edit is cancelled', async () => {
    const { chat, field, type, press, rendered } = await mountComposer();
    await type('half a th');
    chat.adopted?.setTarget({ entry: own(1, 'first'), edits: true });
    await rendered();
    expect(field.value).to.equal('first');
    press({ key: 'Escape' });
    await rendered();
    expect(field.value).to.equal('half a th');
  });

  it('keeps the text of an edit that the room refused', async () => {
    const { chat, room, find, field, type, press, rendered } = await mountComposer();
    room.chat.edit = () => Promise.reject(new RtcError('not-found', 'It is not kept any more.'));
    chat.adopted?.setTarget({ entry: own(1, 'first'), edits: true });
    await rendered();
    await type('second');
    press({ key: 'Enter' });
    await until(() => find('[part=note]')?.textContent?.includes('not kept') ?? false);
    expect(field.value).to.equal('second');
  });
});
