// The methods by which a page switches devices.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import { RtcError } from '@rtc-elements/core';

import { FakeRoom } from '../../../../tests/support/fake-room.js';
import { showRoom } from '../../../../tests/support/show.js';

const denied = new RtcError('permission-denied', 'Allow the camera.');

describe('the methods of rtc-room', () => {
  for (const [title, method, source] of [
    ['the microphone', 'toggleMicrophone', 'setMicrophone'],
    ['the camera', 'toggleCamera', 'setCamera'],
    ['the screen', 'toggleScreen', 'shareScreen'],
  ] as const) {
    it(`reject with the reason why ${title} cannot be turned on`, async () => {
      const room = new FakeRoom();
      room.media[source] = () => Promise.reject(denied);
      const element = await showRoom(room);
      let reason: unknown;
      await element[method](true).catch((error: unknown) => (reason = error));
      expect(reason).to.equal(denied);
    });
  }

  it('resolve if the page prevents what they request', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    element.addEventListener('rtc-request', (event) => event.preventDefault());
    await element.toggleCamera(true);
    await element.raiseHand(true);
    expect(room.calls).to.deep.equal([]);
  });

  it('raise and lower the hand', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    await element.raiseHand();
    await element.raiseHand();
    expect(room.calls).to.deep.equal(['setPresence({"hand":true})', 'setPresence({"hand":false})']);
  });
});
