// <rtc-chat-entry>: the wait for admission, and the texts for each way in which a stay can end.
import { expect } from '@esm-bundle/chai';
import type { RoomState, RtcErrorCode } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { mountChat } from '../../../../tests/support/chat-fixture.js';
import { fakeYou } from '../../../../tests/support/fake-room.js';

const problem = (code: RtcErrorCode): RoomState['problem'] => ({
  code,
  message: 'As the engine says it.',
  retryable: false,
});

describe('rtc-chat-entry', () => {
  afterEach(() => document.body.replaceChildren());

  it('says that somebody will let the person in, and lets them leave', async () => {
    const { chat, room, find, rendered } = await mountChat();
    room.set({ connection: 'waiting', you: null });
    await rendered();
    await expectAccessible(chat);
    expect(find('[part=waiting]')?.textContent).to.contain('Somebody will let you in soon');
    find('[part=waiting] button')?.click();
    await rendered();
    expect(room.calls).to.contain('leave()');
  });

  for (const [title, left, code] of [
    ['You were removed from standup', 'removed', 'removed'],
    ['You may not come back to standup', 'banned', 'banned'],
    ['standup is locked', 'room-closed', 'forbidden'],
    ['standup does not let you in', 'removed', 'forbidden'],
    ['standup was closed', 'room-closed', null],
    ['Your invitation to standup is not valid any more', 'token-expired', 'auth'],
  ] as const) {
    it(`says what happened and what to do: ${title}`, async () => {
      const { chat, room, find, rendered } = await mountChat([], { own: true });
      room.set({ connection: 'closed', left, problem: code && problem(code), you: fakeYou() });
      await rendered();
      await expectAccessible(chat);
      expect(find('[part=over] p')?.textContent).to.equal(title);
      expect(find('[part=over] .why')?.textContent).not.to.equal('As the engine says it.');
      expect(find('[part=over] button') === null).to.equal(left === 'banned');
    });
  }

  it('does not offer to join a room again that the page created', async () => {
    const { room, find, rendered } = await mountChat();
    room.set({ connection: 'closed', left: 'left' });
    await rendered();
    expect(find('[part=over] p')?.textContent).to.equal('You left standup');
    expect(find('[part=over] button')).to.equal(null);
  });
});
