import '../define.js';

import { expect } from '@esm-bundle/chai';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { settle, showRoom } from '../../../../tests/support/show.js';
import type { RtcTalkKey } from './rtc-talk-key.js';

async function setup(room: FakeRoom): Promise<RtcTalkKey> {
  const key = document.createElement('rtc-talk-key');
  await showRoom(room, key);
  return key;
}

/** Returns `false` if the key was used, so that the page does not scroll. */
const press = (
  type: string,
  options: KeyboardEventInit = {},
  target: Node = document.body,
): boolean =>
  target.dispatchEvent(
    new KeyboardEvent(type, {
      code: 'Space',
      bubbles: true,
      composed: true,
      cancelable: true,
      ...options,
    }),
  );

describe('rtc-talk-key', () => {
  it('turns the microphone on while the key is held', async () => {
    const room = new FakeRoom();
    const key = await setup(room);
    expect(press('keydown')).to.equal(false);
    await settle(key);
    press('keydown', { repeat: true });
    press('keyup');
    await settle(key);
    expect(room.calls).to.deep.equal(['set-microphone(true)', 'set-microphone(false)']);
  });

  it('turns the microphone off when the window loses focus', async () => {
    const room = new FakeRoom();
    const key = await setup(room);
    press('keydown');
    await settle(key);
    window.dispatchEvent(new Event('blur'));
    await settle(key);
    expect(room.calls.at(-1)).to.equal('set-microphone(false)');
  });

  it('leaves the key to fields, buttons and shortcuts', async () => {
    const room = new FakeRoom();
    const key = await setup(room);
    const host = document.body.appendChild(document.createElement('div'));
    const field = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('input'));
    const button = document.body.appendChild(document.createElement('button'));
    for (const target of [field, button]) expect(press('keydown', {}, target)).to.equal(true);
    expect(press('keydown', { ctrlKey: true })).to.equal(true);
    expect(press('keydown', { code: 'KeyA' })).to.equal(true);
    await settle(key);
    expect(room.calls).to.deep.equal([]);
    host.remove();
    button.remove();
  });

  it('does not mute a microphone that is already on', async () => {
    const { media } = new FakeRoom().getSnapshot();
    const microphone = { ...media.microphone, status: 'on' } as const;
    const room = new FakeRoom({ media: { ...media, microphone } });
    const key = await setup(room);
    press('keydown');
    press('keyup');
    await settle(key);
    expect(room.calls).to.deep.equal([]);
  });

  it('turns off the microphone that it turned on, also when it is shown another room meanwhile', async () => {
    const [room, other] = [new FakeRoom(), new FakeRoom()];
    const key = document.createElement('rtc-talk-key');
    const element = await showRoom(room, key);
    press('keydown');
    await settle(key);
    element.client = other;
    await settle(element);
    expect(room.calls).to.deep.equal(['set-microphone(true)', 'set-microphone(false)']);
    press('keyup');
    expect(other.calls).to.deep.equal([]);
  });

  describe('beside another one', () => {
    const on = 'set-microphone(true)';

    it('talks once in one room', async () => {
      const room = new FakeRoom();
      await setup(room);
      const second = await setup(room);
      press('keydown');
      press('keyup');
      await settle(second);
      expect(room.calls).to.deep.equal([on, 'set-microphone(false)']);
    });

    it('talks in the first call, not in a lobby or a room that was left', async () => {
      const left = new FakeRoom({ connection: 'closed', left: 'left' });
      const lobby = new FakeRoom({ connection: 'idle', you: null });
      const [first, second] = [new FakeRoom(), new FakeRoom()];
      for (const room of [left, lobby, first, second]) await setup(room);
      const all = [left, lobby, first, second];
      expect(press('keydown')).to.equal(false);
      press('keyup');
      expect(all.map(({ calls }) => calls.includes(on))).to.deep.equal([false, false, true, false]);
    });

    it('talks in the room that contains the focus', async () => {
      const [first, second] = [new FakeRoom(), new FakeRoom()];
      await setup(first);
      const key = await setup(second);
      const place = document.createElement('div');
      key.parentElement?.append(place);
      press('keydown', {}, place);
      press('keyup');
      expect(first.calls).to.deep.equal([]);
      expect(second.calls).to.contain(on);
    });

    it('has the key when that one goes', async () => {
      const [first, second] = [new FakeRoom(), new FakeRoom()];
      const key = await setup(first);
      await setup(second);
      press('keydown');
      key.remove();
      expect(first.calls.at(-1)).to.equal('set-microphone(false)');
      press('keydown', { repeat: true });
      expect(second.calls).to.deep.equal([]);
      press('keyup');
      press('keydown');
      expect(second.calls).to.deep.equal([on]);
      press('keyup');
    });
  });
});
