import '../define.js';

import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';

import { VALUES } from '../../../../tests/support/arguments/wrong-values.js';
import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakeDevices, fakeOn, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom } from '../../../../tests/support/show.js';
import type { RtcControls } from './rtc-controls.js';

const media = {
  ...new FakeRoom().getSnapshot().media,
  microphone: fakeOn('mic-1'),
  devices: fakeDevices,
};

async function setup(): Promise<{ room: FakeRoom; controls: RtcControls }> {
  const room = new FakeRoom({ media });
  const controls = document.createElement('rtc-controls');
  await showRoom(room, controls);
  return { room, controls };
}

const focused = (controls: RtcControls): Element | null =>
  controls.shadowRoot?.activeElement ?? null;

const press = (controls: RtcControls, key: string): void => {
  focused(controls)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
};

describe('rtc-controls', () => {
  it('is accessible, with a menu open as well', async () => {
    const { controls } = await setup();
    await expectAccessible(controls);
    find(controls, '[data-menu="microphone"]').click();
    await settle(controls);
    await expectAccessible(controls);
  });

  it('shows what is on, and toggles it', async () => {
    const { room, controls } = await setup();
    const button = find(controls, '[part~="button-mic"]');
    expect(button.ariaPressed).to.equal('true');
    button.click();
    await settle(controls);
    expect(room.calls).to.deep.equal(['set-microphone(false)']);
    expect(button.ariaPressed).to.equal('false');
  });

  it('does nothing when the page prevents the request', async () => {
    const { room, controls } = await setup();
    controls.addEventListener('rtc-request', (event) => event.preventDefault(), { once: true });
    find(controls, '[part~="button-leave"]').click();
    await settle(controls);
    expect(room.calls).to.deep.equal([]);
  });

  it('focuses a button by its token, "more" for one in that menu, and nothing for one that is not shown', async () => {
    const { controls } = await setup();
    const isAt = (selector: string): boolean => focused(controls) === find(controls, selector);
    controls.style.width = '900px';
    for (const token of ['mic', 'camera', 'screen', 'hand', 'chat', 'people', 'leave']) {
      controls.focusButton(token);
      expect(isAt(`[part~="button-${token}"]`), token).to.equal(true);
    }
    controls.controls = 'screen chat leave';
    controls.style.width = '240px';
    await settle(controls);
    controls.focusButton('screen');
    expect(isAt('[data-menu="more"]')).to.equal(true);
    controls.focusButton('chat');
    for (const token of ['mic', 'hand', 'people']) {
      controls.focusButton(token);
      expect(isAt('[part~="button-chat"]'), token).to.equal(true);
    }
    document.createElement('rtc-controls').focusButton('mic');
  });

  it('refuses a token of no button', async () => {
    const { controls } = await setup();
    const focusButton = controls.focusButton.bind(controls) as (token: unknown) => void;
    const wrong = [
      ...Object.values(VALUES).map((make) => make()),
      'Mic',
      'mic camera',
      '"]',
      'more',
    ];
    for (const token of wrong)
      expect(() => focusButton(token)).to.throw(RtcError, 'Pass one of mic, camera');
    expect(focused(controls)).to.equal(null);
  });

  it('opens a menu at the device in use, moves with arrow keys, and returns focus on Escape', async () => {
    const { controls } = await setup();
    const opener = find(controls, '[data-menu="microphone"]');
    opener.click();
    await settle(controls);
    expect(focused(controls)?.textContent?.trim()).to.equal('Headset (USB)');
    press(controls, 'ArrowDown');
    expect(focused(controls)?.textContent?.trim()).to.equal('Built-in microphone');
    press(controls, 'Home');
    press(controls, 'ArrowUp');
    expect(focused(controls)?.textContent?.trim()).to.equal('Headset (USB)');
    press(controls, 'Escape');
    await settle(controls);
    expect(focused(controls)).to.equal(opener);
    expect(controls.shadowRoot?.querySelector('[role="menu"]')).to.equal(null);
  });

  for (const [name, label] of [
    ['microphone', 'Choose microphone'],
    ['camera', 'Choose camera'],
    ['more', 'More'],
  ] as const) {
    it(`names the menu after its button: ${name}`, async () => {
      const { controls } = await setup();
      const opener = find(controls, `[data-menu="${name}"]`);
      opener.click();
      await settle(controls);
      expect(opener.ariaLabel).to.equal(label);
      expect(find(controls, '[role="menu"]').ariaLabel).to.equal(label);
    });
  }

  it('closes its menu when something else is pressed, even in a bar of its own', async () => {
    const { controls } = await setup();
    const isOpen = (): boolean => controls.shadowRoot?.querySelector('[role="menu"]') != null;
    const other = document.createElement('rtc-controls');
    controls.after(other);
    await settle(other);
    find(controls, '[data-menu="camera"]').click();
    await settle(controls);
    const press = new PointerEvent('pointerdown', { bubbles: true, composed: true });
    find(controls, '[role="menu"]').dispatchEvent(press);
    await settle(controls);
    expect(isOpen()).to.equal(true);
    find(other, '[data-menu="camera"]').dispatchEvent(press);
    await settle(controls);
    expect(isOpen()).to.equal(false);
  });

  it('uses the device that is chosen', async () => {
    const { room, controls } = await setup();
    find(controls, '[data-menu="microphone"]').click();
    await settle(controls);
    press(controls, 'ArrowDown');
    (focused(controls) as HTMLElement).click();
    await settle(controls);
    expect(room.calls).to.deep.equal(['set-microphone({"deviceId":"mic-2"})']);
  });

  it('does not turn a camera on by choosing one', async () => {
    const { room, controls } = await setup();
    find(controls, '[data-menu="camera"]').click();
    await settle(controls);
    (focused(controls) as HTMLElement).click();
    await settle(controls);
    expect(room.calls).to.deep.equal([]);
    find(controls, '[part~="button-camera"]').click();
    await settle(controls);
    expect(room.calls).to.deep.equal(['set-camera({"deviceId":"cam-1"})']);
  });

  it('shows only the given buttons', async () => {
    const { controls } = await setup();
    controls.controls = 'mic leave';
    await settle(controls);
    const buttons = [...(controls.shadowRoot?.querySelectorAll('[part~="button"]') ?? [])];
    const labels = buttons.map((button) => button.getAttribute('aria-label'));
    expect(labels).to.include.members(['Microphone', 'Leave']);
    expect(labels).not.to.include('Camera');
  });

  it('has no buttons for media that a listener may not send', async () => {
    const { room, controls } = await setup();
    room.set({ you: fakeYou({ role: 'listener' }) });
    await settle(controls);
    const left = [...(controls.shadowRoot?.querySelectorAll('button:not([data-menu])') ?? [])];
    expect(left.map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      'Raise hand',
      'Chat',
      'People',
      'Leave',
    ]);
  });
});
