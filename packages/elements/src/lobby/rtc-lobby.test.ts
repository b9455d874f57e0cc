import '../define.js';

import { expect } from '@esm-bundle/chai';
import { LevelsEvent, type RoomState } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import { fakeDevices, fakeOn, FakeRoom } from '../../../../tests/support/fake-room.js';
import { find, openRoom, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcLobby } from './rtc-lobby.js';

const { media } = new FakeRoom().getSnapshot();
const idle: Partial<RoomState> = {
  connection: 'idle',
  you: null,
  media: { ...media, microphone: fakeOn('mic-1'), devices: fakeDevices },
};

async function setup(room: FakeRoom): Promise<RtcLobby> {
  return find(await showRoom(room), 'rtc-lobby');
}

describe('rtc-lobby', () => {
  it('is accessible', async () => {
    await expectAccessible(await setup(new FakeRoom(idle)));
  });

  it('lists the devices by name, with the one in use selected', async () => {
    const lobby = await setup(new FakeRoom(idle));
    const select = find(lobby, '#audioinput') as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).to.deep.equal([
      'Headset (USB)',
      'Built-in microphone',
    ]);
    expect(select.value).to.equal('mic-1');
  });

  it('switches to the device that is chosen', async () => {
    const room = new FakeRoom(idle);
    const lobby = await setup(room);
    const select = find(lobby, '#audioinput') as HTMLSelectElement;
    select.value = 'mic-2';
    select.dispatchEvent(new Event('change'));
    await settle(lobby);
    expect(room.calls.at(-1)).to.equal('set-microphone({"deviceId":"mic-2"})');
  });

  it('shows the level of the microphone', async () => {
    const room = new FakeRoom(idle);
    const meter = find(await setup(room), 'rtc-level-meter');
    room.dispatchEvent(new LevelsEvent(new Map([['', 0.25]])));
    await settle(meter);
    expect(find(meter, '[role="meter"]').ariaValueNow).to.equal('10');
  });

  it('plays a test sound', async () => {
    const lobby = await setup(new FakeRoom(idle));
    const button = find(lobby, '.test') as HTMLButtonElement;
    button.click();
    await settle(lobby);
    expect(button.disabled).to.equal(true);
  });

  it('asks who is here, but not for a room that the page created', async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (address) => {
      asked.push(String(address));
      return Response.json({ count: 1, names: ['Aisha'] });
    };
    try {
      await setup(new FakeRoom(idle));
      expect(asked).to.deep.equal([]);
      const element = await openRoom(new FakeRoom(idle));
      await until(() => find(find(element, 'rtc-lobby'), '.here').textContent !== '');
      expect(asked).to.have.lengthOf(1);
      expect(new URL(asked[0] ?? '').host).to.equal(element.host);
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('works without any device', async () => {
    const lobby = await setup(new FakeRoom({ ...idle, media }));
    await expectAccessible(lobby);
    expect((find(lobby, '#videoinput') as HTMLSelectElement).disabled).to.equal(true);
  });
});
