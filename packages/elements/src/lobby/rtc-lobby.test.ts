import '../define.js';

import { expect } from '@esm-bundle/chai';
import { LevelsEvent, type RoomState } from '@rtc-elements/core';

import { expectAccessible } from '../../../../tests/support/axe.js';
import {
  fakeDevices,
  fakeOn,
  fakePeer,
  FakeRoom,
  fakeYou,
} from '../../../../tests/support/fake-room.js';
import { find, openRoom, settle, showRoom, until } from '../../../../tests/support/show.js';
import type { RtcRoom } from '../room/rtc-room.js';
import { loadMore } from '../session/requests/load-more.js';
import { engine } from '../session/room-registry.js';
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

  it('leaves off what was turned off before it was there', async () => {
    const room = new FakeRoom({ connection: 'idle', you: null });
    const element = await showRoom(room);
    element.lobby = 'off';
    await settle(element);
    const before = room.calls.length;
    await element.toggleCamera(false);
    element.lobby = 'on';
    await settle(element);
    expect(find(element, 'rtc-lobby')).not.to.equal(null);
    expect(room.calls.slice(before)).to.deep.equal(['set-camera(false)']);
  });

  describe('of a room of its own', () => {
    const { createRoom } = engine;
    let hosts = 0;
    let room: FakeRoom;
    let element: RtcRoom;

    beforeEach(async () => {
      room = new FakeRoom({ connection: 'idle', you: null });
      engine.createRoom = () => room;
      await loadMore();
      element = document.createElement('rtc-room');
      element.host = `lobby-${(hosts += 1)}.example`;
      element.room = 'lobby';
    });

    afterEach(() => {
      element.remove();
      engine.createRoom = createRoom;
    });

    const show = async (): Promise<void> => {
      if (!element.isConnected) document.body.append(element);
      await until(() => element.shadowRoot?.querySelector('rtc-lobby') != null);
      await settle(element);
    };
    const switched = (): string[] => room.calls.splice(0).filter((call) => /^set-/.test(call));

    it('turns on a device that the page wants later, unless the person has turned it off', async () => {
      element.audio = element.video = 'off';
      await show();
      expect(switched()).to.deep.equal([]);
      element.video = 'on';
      await settle(element);
      expect(switched()).to.deep.equal(['set-camera(true)']);
      await element.toggleCamera(false);
      for (const video of ['off', 'on'] as const) {
        element.video = video;
        await settle(element);
      }
      expect(switched()).to.deep.equal(['set-camera(false)']);
    });

    it('turns on again what it has released as it went, unless the person has turned it off', async () => {
      await show();
      expect(switched()).to.deep.equal(['set-microphone(true)', 'set-camera(true)']);
      await element.toggleCamera(false);
      expect(switched()).to.deep.equal(['set-camera(false)']);
      element.lobby = 'off';
      await settle(element);
      expect(element.shadowRoot?.querySelector('rtc-lobby')).to.equal(null);
      element.lobby = 'on';
      await show();
      await until(() => room.calls.length > 0);
      await settle(element);
      expect(switched()).to.deep.equal(['set-microphone(true)']);
    });
  });

  it('shows the level of the microphone', async () => {
    const room = new FakeRoom(idle);
    const meter = find(await setup(room), 'rtc-level-meter');
    room.dispatchEvent(new LevelsEvent(new Map([['', 0.25]])));
    await settle(meter);
    expect(find(meter, '[role="meter"]').ariaValueNow).to.equal('10');
  });

  it('says that the call is full, and lets people join who then wait for a place', async () => {
    const you = fakeYou({ call: 0 });
    const limits = { members: 100, meshMembers: 2, historyMessages: 10 };
    const room = new FakeRoom({ you, limits, peers: [fakePeer('Aisha'), fakePeer('Ben')] });
    const lobby = await setup(room);
    expect(find(lobby, '.here').textContent).to.match(/are here. The call is full\./);
    expect(find(lobby, '[part=join]').ariaDisabled).to.equal('false');
    await expectAccessible(lobby);
    room.set({ peers: [fakePeer('Aisha'), fakePeer('Ben', { call: 0 })] });
    await settle(lobby);
    expect(find(lobby, '.here').textContent).not.to.contain('full');
  });

  it('plays a test sound', async () => {
    const lobby = await setup(new FakeRoom(idle));
    const button = find(lobby, '.test');
    button.focus();
    button.click();
    await settle(lobby);
    expect(button.ariaDisabled).to.equal('true');
    expect(lobby.shadowRoot?.activeElement).to.equal(button);
  });

  it('asks who is here, but not for a room that the page created', async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (address) => {
      asked.push(String(address));
      return Response.json({ count: 1, names: ['Aisha'], inCall: 8, meshMembers: 8 });
    };
    try {
      await setup(new FakeRoom(idle));
      expect(asked).to.deep.equal([]);
      const element = await openRoom(new FakeRoom(idle));
      await until(() => find(find(element, 'rtc-lobby'), '.here').textContent !== '');
      const said = find(find(element, 'rtc-lobby'), '.here').textContent;
      expect(said).to.match(/^Aisha is here. The call is full\./);
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
