import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { NotifyMessage } from '@rtc-elements/protocol';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakePeer, FakeRoom, fakeYou } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcRoom } from '../room/rtc-room.js';
import type { RtcNotifications } from './rtc-notifications.js';

const message = { id: 'a', seq: 1, at: 0, user: 'user-aisha', name: 'Aisha', text: 'hi' } as const;
const chat = {
  entries: [{ ...message, kind: 'text', status: 'sent' } as const],
  more: false,
  lastSeq: 1,
  lastRev: 0,
};

async function setup(): Promise<{
  room: FakeRoom;
  element: RtcRoom;
  notifications: RtcNotifications;
}> {
  const room = new FakeRoom();
  const element = await showRoom(room);
  return { room, element, notifications: find(element, 'rtc-notifications') };
}

const texts = ({ shadowRoot }: RtcNotifications): string[] =>
  [...(shadowRoot?.querySelectorAll('.toast') ?? [])].map(({ textContent }) => textContent.trim());

describe('rtc-notifications', () => {
  it('is accessible', async () => {
    const { room, notifications } = await setup();
    room.set({ peers: [fakePeer('Aisha')] });
    await settle(notifications);
    await expectAccessible(notifications);
  });

  it('shows who joined and what they wrote, for a while', async () => {
    const { room, notifications } = await setup();
    room.set({ peers: [fakePeer('Aisha')] });
    await settle(notifications);
    room.set({ chat });
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal(['Aisha joined', 'Aisha: hi']);
    for (const animation of find(notifications, '.toast').getAnimations()) animation.finish();
    await until(() => texts(notifications).length === 1);
    expect(texts(notifications)).to.deep.equal(['Aisha: hi']);
  });

  it('removes the count from the title once `notify` no longer includes it', async () => {
    const { title } = document;
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    try {
      const { room, element } = await setup();
      room.set({ chat });
      await until(() => document.title === `(1) ${title}`.trim());
      element.notify = 'toast';
      await settle(element);
      expect(document.title).to.equal(title);
    } finally {
      Reflect.deleteProperty(document, 'hidden');
    }
  });

  it('shows no messages while the chat is open', async () => {
    const { room, element, notifications } = await setup();
    element.shared?.togglePanel('chat', true);
    room.set({ chat });
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal([]);
  });

  it('shows no messages while a log is visible, in a panel or elsewhere', async () => {
    const { room, element, notifications } = await setup();
    const log = {};
    element.shared?.owners.claim('visible-log', log);
    room.set({ chat });
    await settle(element);
    expect(texts(notifications)).to.deep.equal([]);
    expect(find(element, '[aria-live="polite"]').textContent).to.equal('');
    element.shared?.owners.release('visible-log', log);
    const entries = [
      ...chat.entries,
      { ...message, id: 'b', seq: 2, kind: 'text', status: 'sent' },
    ];
    room.set({ chat: { ...chat, entries: entries as typeof chat.entries, lastSeq: 2 } });
    await settle(element);
    expect(texts(notifications)).to.deep.equal(['Aisha: hi']);
  });

  it('shows nothing if `notify` is empty', async () => {
    const { room, notifications } = await setup();
    notifications.notify = '';
    room.set({ peers: [fakePeer('Aisha')] });
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal([]);
  });

  const notice = (level: NotifyMessage['level'], title = 'Build done'): Event =>
    Object.assign(new Event('notify'), {
      notice: { type: 'notify', id: title, at: 0, level, title, body: 'All green.' },
    });

  it('shows notices from the backend accessibly, and removes them on Escape', async () => {
    const { room, notifications } = await setup();
    room.dispatchEvent(notice('success'));
    await until(() => texts(notifications).length === 1);
    await expectAccessible(notifications);
    const toast = find(notifications, '.toast');
    expect(toast.textContent).to.contain('Build done').and.contain('All green.');
    expect(toast.getAttribute('role')).to.equal('status');
    find(notifications, '.drop').focus();
    const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    find(notifications, '.drop').dispatchEvent(escape);
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal([]);
    expect(escape.defaultPrevented).to.equal(true);
  });

  it('keeps an error until it is dismissed, even if others follow', async () => {
    const { room, notifications } = await setup();
    room.dispatchEvent(notice('error', 'Down'));
    await until(() => texts(notifications).length === 1);
    const toast = find(notifications, '.toast');
    expect(toast.getAttribute('role')).to.equal('alert');
    for (const animation of toast.getAnimations()) animation.finish();
    for (const title of ['a', 'b', 'c']) room.dispatchEvent(notice('info', title));
    await until(() => texts(notifications).some((text) => text.startsWith('c')));
    expect(find(notifications, '.error').textContent).to.contain('Down');
    find(notifications, '.error .drop').click();
    await settle(notifications);
    expect(notifications.shadowRoot?.querySelector('.error')).to.equal(null);
  });

  it('stays while it is focused', async () => {
    const { room, notifications } = await setup();
    room.dispatchEvent(notice('info'));
    await until(() => texts(notifications).length === 1);
    const states = (): string[] =>
      find(notifications, '.toast')
        .getAnimations()
        .map(({ playState }) => playState);
    find(notifications, '.drop').focus();
    expect(states()).to.include('paused');
    find(notifications, '.drop').blur();
    await until(() => states().every((state) => state === 'running'));
  });

  it('lets the page suppress a toast', async () => {
    const { room, element, notifications } = await setup();
    const seen: string[] = [];
    element.addEventListener('rtc-notify', (event) => {
      seen.push(event.notice.title);
      if (event.notice.title === 'quiet') event.preventDefault();
    });
    room.dispatchEvent(notice('info', 'quiet'));
    room.dispatchEvent(notice('info', 'loud'));
    await until(() => texts(notifications).length > 0);
    expect(seen).to.deep.equal(['quiet', 'loud']);
    expect(texts(notifications)).to.have.lengthOf(1);
    expect(texts(notifications)[0]).to.contain('loud');
  });

  it('offers system notifications with a button in the first toast only', async () => {
    const { room, notifications } = await setup();
    notifications.notify = 'toast system';
    const asked: string[] = [];
    const { Notification: before } = globalThis;
    const fake = { permission: 'default', requestPermission: async () => asked.push('asked') };
    Object.defineProperty(globalThis, 'Notification', { value: fake, configurable: true });
    try {
      for (const title of ['a', 'b']) room.dispatchEvent(notice('info', title));
      await until(() => texts(notifications).length === 2);
      expect(asked).to.deep.equal([]);
      const buttons = notifications.shadowRoot?.querySelectorAll<HTMLElement>('.plain') ?? [];
      expect(buttons).to.have.lengthOf(1);
      buttons[0]?.click();
      expect(asked).to.deep.equal(['asked']);
    } finally {
      Object.defineProperty(globalThis, 'Notification', { value: before, configurable: true });
    }
  });

  it('shows a notice to the system and plays its tone once for two elements of one room', async () => {
    const room = new FakeRoom();
    const [one, two] = [await showRoom(room), await showRoom(room)];
    for (const element of [one, two]) element.notify = 'toast sound system title';
    await Promise.all([settle(one), settle(two)]);
    const shown: string[] = [];
    let notes = 0;
    const { title } = document;
    const { Notification, OscillatorNode } = globalThis;
    class FakeNotification {
      static permission = 'granted';
      constructor(
        readonly text: string,
        { tag, body }: NotificationOptions,
      ) {
        shown.push(`${text} ${body} ${tag}`);
      }
    }
    class CountedNode extends OscillatorNode {
      constructor(...values: ConstructorParameters<typeof OscillatorNode>) {
        super(...values);
        notes += 1;
      }
    }
    const use = (globals: object): void => {
      for (const [name, value] of Object.entries(globals))
        Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    };
    use({ Notification: FakeNotification, OscillatorNode: CountedNode });
    Object.defineProperty(navigator, 'userActivation', {
      value: { hasBeenActive: true },
      configurable: true,
    });
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    try {
      room.dispatchEvent(notice('info', 'a'));
      await until(() => document.title === `(1) ${title}`.trim());
      await until(() => shown.length > 0);
      expect(shown).to.deep.equal(['a All green. rtc-a']);
      // A tone has two.
      await until(() => notes >= 2);
      expect(notes).to.equal(2);
      one.remove();
      room.dispatchEvent(notice('info', 'b'));
      await until(() => document.title === `(2) ${title}`.trim());
      await until(() => shown.length > 1);
      expect(shown).to.have.lengthOf(2);
      await until(() => notes >= 4);
      expect(notes).to.equal(4);
    } finally {
      use({ Notification, OscillatorNode });
      Reflect.deleteProperty(navigator, 'userActivation');
      Reflect.deleteProperty(document, 'hidden');
      two.remove();
    }
  });

  it('asks for system notifications in one of two elements of one room', async () => {
    const room = new FakeRoom();
    const [one, two] = [await showRoom(room), await showRoom(room)];
    for (const element of [one, two]) element.notify = 'toast system';
    await Promise.all([settle(one), settle(two)]);
    const { Notification: before } = globalThis;
    Object.defineProperty(globalThis, 'Notification', {
      value: { permission: 'default' },
      configurable: true,
    });
    const questions = (element: Element): number =>
      find(element, 'rtc-notifications').shadowRoot?.querySelectorAll('.ask').length ?? 0;
    const toasts = (element: Element): number => texts(find(element, 'rtc-notifications')).length;
    try {
      room.dispatchEvent(notice('info', 'a'));
      await until(() => toasts(one) + toasts(two) === 2);
      expect([questions(one), questions(two)]).to.deep.equal([1, 0]);
      one.remove();
      await until(() => one.shared === null);
      await settle(two);
      room.dispatchEvent(notice('info', 'b'));
      await until(() => toasts(two) === 2);
      expect(questions(two)).to.equal(1);
    } finally {
      Object.defineProperty(globalThis, 'Notification', { value: before, configurable: true });
    }
  });

  it('says that a host muted the local user, and the new role', async () => {
    const { room, notifications } = await setup();
    room.set({ you: fakeYou({ muted: ['microphone'], role: 'listener' }) });
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal([
      'A host turned your microphone off',
      'You are a listener now: you can hear, see and write',
    ]);
  });
});
