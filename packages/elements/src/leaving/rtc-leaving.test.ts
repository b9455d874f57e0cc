import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, openRoom, showRoom } from '../../../../tests/support/show.js';

describe('rtc-leaving', () => {
  it('is accessible, and says why the call ended', async () => {
    const problem = { code: 'room-full', message: 'The room is full.', retryable: true };
    const element = await showRoom(
      new FakeRoom({ connection: 'closed', left: 'network', problem }),
    );
    const leaving = find(element, 'rtc-leaving');
    await expectAccessible(leaving);
    expect(find(leaving, 'h2').textContent).to.equal('The connection to standup is gone');
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
