import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcRoom } from '../room/rtc-room.js';
import type { RtcNotifications } from './rtc-notifications.js';

const line = { id: 'a', seq: 1, at: 0, user: 'user-aisha', name: 'Aisha', text: 'hi' } as const;
const chat = {
  entries: [{ ...line, kind: 'text', status: 'sent' } as const],
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

  it('tells who came and what they wrote, and forgets it after a while', async () => {
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

  it('keeps quiet about messages while the chat is open', async () => {
    const { room, element, notifications } = await setup();
    element.session?.togglePanel('chat', true);
    room.set({ chat });
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal([]);
  });

  it('keeps quiet about messages while a log is on the screen, in a panel or not', async () => {
    const { room, element, notifications } = await setup();
    const log = {};
    element.session?.visibleLogs.add(log);
    room.set({ chat });
    await settle(element);
    expect(texts(notifications)).to.deep.equal([]);
    expect(find(element, '[aria-live="polite"]').textContent).to.equal('');
    element.session?.visibleLogs.delete(log);
    const entries = [...chat.entries, { ...line, id: 'b', seq: 2, kind: 'text', status: 'sent' }];
    room.set({ chat: { ...chat, entries: entries as typeof chat.entries, lastSeq: 2 } });
    await settle(element);
    expect(texts(notifications)).to.deep.equal(['Aisha: hi']);
  });

  it('shows nothing when told so', async () => {
    const { room, notifications } = await setup();
    notifications.notify = '';
    room.set({ peers: [fakePeer('Aisha')] });
    await settle(notifications);
    expect(texts(notifications)).to.deep.equal([]);
  });
});
