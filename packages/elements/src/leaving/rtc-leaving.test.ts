import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, openRoom, showRoom } from '../../../../tests/support/show.js';

describe('rtc-leaving', () => {
  for (const [code, left, title] of [
    ['token-missing', 'token-expired', 'standup asks for an invitation'],
    ['token-invalid', 'token-expired', 'Your invitation to standup is not valid'],
    ['token-expired', 'token-expired', 'Your invitation to standup is not valid any more'],
    ['auth', 'token-expired', 'Your invitation to standup is not valid any more'],
    ['token-early', 'token-expired', 'Your invitation to standup is not valid yet'],
    ['token-wrong-room', 'token-expired', 'Your invitation is not for standup'],
    ['bad-origin', 'removed', 'standup does not let you in'],
    ['room-full', 'room-closed', 'standup is full'],
    ['too-many-tabs', 'room-closed', 'You have standup open too often'],
    ['room-closed', 'room-closed', 'standup was closed'],
    ['bad-room-name', 'room-closed', 'There is no room standup'],
  ] as const) {
    it(`says why the room refused, and what helps: ${code}`, async () => {
      const problem = { code, message: 'Do this about it.', retryable: false };
      const room = new FakeRoom({ connection: 'closed', left, problem });
      const leaving = find(await showRoom(room), 'rtc-leaving');
      expect(find(leaving, '[part=title]').textContent).to.equal(title);
      expect(find(leaving, '[role=alert]').textContent).not.to.equal('');
    });
  }

  it('is accessible, and says why the call ended', async () => {
    const problem = { code: 'room-full', message: 'The room is full.', retryable: true } as const;
    const element = await showRoom(
      new FakeRoom({ connection: 'closed', left: 'network', problem }),
    );
    const leaving = find(element, 'rtc-leaving');
    await expectAccessible(leaving);
    expect(find(leaving, 'h2').textContent).to.equal('standup is full');
    expect(find(leaving, 'p').textContent).to.equal('The room is full.');
  });

  it('asks to join again', async () => {
    const element = await openRoom(new FakeRoom({ connection: 'closed', left: 'left' }));
    const asked: string[] = [];
    element.addEventListener('rtc-request', (event) => {
      asked.push(event.action.do);
      event.preventDefault();
    });
    find(find(element, 'rtc-leaving'), 'button').click();
    expect(asked).to.deep.equal(['rejoin']);
  });

  it('does not offer to join again to a banned person', async () => {
    const element = await openRoom(new FakeRoom({ connection: 'closed', left: 'banned' }));
    expect(find(element, 'rtc-leaving').shadowRoot?.querySelector('button')).to.equal(null);
  });

  it('does not offer to join a room again that the page created', async () => {
    const element = await showRoom(new FakeRoom({ connection: 'closed', left: 'left' }));
    const leaving = find(element, 'rtc-leaving');
    expect(find(leaving, 'h2').textContent).to.equal('You left standup');
    expect(leaving.shadowRoot?.querySelector('button')).to.equal(null);
  });
});
