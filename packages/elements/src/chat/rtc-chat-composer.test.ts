// <rtc-chat-composer>: what is typed, and what becomes of it.
import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';

import { type ChatFixture, mountChat, until } from '../../../../tests/support/chat-fixture.js';

interface Composer extends ChatFixture {
  readonly field: HTMLTextAreaElement;
  type(text: string): Promise<void>;
  press(init: KeyboardEventInit): KeyboardEvent;
}

async function mountComposer(): Promise<Composer> {
  const fixture = await mountChat();
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

/** What WebKit says of an Enter that comes after the composition. */
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

  it('leaves Shift+Enter to the field, and sends nothing but space', async () => {
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

  it('asks the page first, which may change the text or keep it back', async () => {
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

  it('keeps a draft over a reload, until it is sent', async () => {
    const first = await mountComposer();
    await first.type('half a th');
    document.body.replaceChildren();
    const second = await mountComposer();
    expect(second.field.value).to.equal('half a th');
    expect(second.find('[part=send]')?.matches(':disabled')).to.equal(false);
    expect(second.room.calls).to.deep.equal([]);
    second.press({ key: 'Enter' });
    document.body.replaceChildren();
    expect((await mountComposer()).field.value).to.equal('');
  });

  it('counts code points near the limit, and does not send over it', async () => {
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

  it('takes lines while the room is out of reach, and says that they wait', async () => {
    const { type, press, room, find, rendered } = await mountComposer();
    room.set({ connection: 'reconnecting' });
    await rendered();
    expect(find('[part=note]')?.textContent).to.contain('Not connected');
    await type('hello');
    press({ key: 'Enter' });
    expect(sent(room.calls).length).to.equal(1);
  });

  it('takes none before the room is joined, and says so', async () => {
    const { field, room, find, rendered } = await mountComposer();
    room.set({ connection: 'idle' });
    await rendered();
    expect(field.disabled).to.equal(true);
    expect(find('[part=note]')?.textContent).to.contain('Join');
  });

  it('gives a line back that the room would not even hold', async () => {
    const { field, type, press, room, find } = await mountComposer();
    room.chat.send = () => Promise.reject(new RtcError('outbox-full', 'Too much waits.'));
    await type('hello');
    press({ key: 'Enter' });
    await until(() => field.value === 'hello');
    await until(() => find('[part=note]')?.textContent?.includes('Too much waits.') ?? false);
  });

  it('tells typing on input, and its end when the field is emptied or sent', async () => {
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

  it('grows with its text up to a limit, and takes the focus', async () => {
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
});
