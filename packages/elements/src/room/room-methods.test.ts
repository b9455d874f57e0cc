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

  it('send a file to one person, and several files to everybody, with the offer as their value', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    const offer = await element.sendFile(new File(['a'], 'a.txt'), { to: 'session-ada' });
    expect(offer?.transfers.map(({ name, session }) => [name, session])).to.deep.equal([
      ['a.txt', 'session-ada'],
    ]);
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('plans', { create: true });
    await element.sendFiles([new File(['b'], 'b.txt'), folder], { name: 'Plans' });
    await root.removeEntry('plans');
    expect(room.files.calls).to.deep.equal([
      'offer(["a.txt"], "session-ada")',
      'offer(["b.txt","plans"], [])',
    ]);
  });

  it('send the files of a picker that is emptied at once', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    const picker = Object.assign(document.createElement('input'), { type: 'file' });
    const chosen = new DataTransfer();
    chosen.items.add(new File(['a'], 'a.txt'));
    picker.files = chosen.files;
    const sent = element.sendFiles(picker.files);
    picker.value = '';
    await sent;
    expect(room.files.calls).to.deep.equal(['offer(["a.txt"], [])']);
  });

  it('send nothing if the page prevents it, and reject with the reason why nothing can be sent', async () => {
    const room = new FakeRoom();
    const element = await showRoom(room);
    const file = new File(['a'], 'a.txt');
    element.addEventListener('rtc-request', (event) => event.preventDefault(), { once: true });
    expect(await element.sendFile(file)).to.equal(null);
    expect(room.files.calls).to.deep.equal([]);
    room.files.failure = new RtcError('unsupported', 'Their page takes no files.');
    let reason: unknown;
    await element.sendFile(file).catch((error: unknown) => (reason = error));
    expect(reason).to.have.property('code', 'unsupported');
  });
});
