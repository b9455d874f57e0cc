import '../define.js';

import { expect } from '@esm-bundle/chai';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, settle, showRoom } from '../../../../tests/support/show.js';

describe('rtc-waiting', () => {
  it('is accessible, says what the person is waiting for, and lets them leave', async () => {
    const room = new FakeRoom({ connection: 'waiting', you: null });
    const element = await showRoom(room);
    const waiting = find(element, 'rtc-waiting');
    await expectAccessible(waiting);
    expect(find(waiting, 'h2').textContent).to.equal('Somebody will let you in soon');
    find(waiting, 'button').click();
    await settle(element);
    expect(room.calls).to.deep.equal(['leave()']);
  });

  it('is replaced by the call after admission', async () => {
    const room = new FakeRoom({ connection: 'waiting', you: null });
    const element = await showRoom(room);
    room.set({ connection: 'connected', you: new FakeRoom().getSnapshot().you });
    await settle(element);
    expect(element.shadowRoot?.querySelector('rtc-waiting')).to.equal(null);
    expect(find(element, 'rtc-controls').isConnected).to.equal(true);
  });
});
