// `<rtc-room engine="…">` as a page writes it, on an engine of the tests: no element may need a mesh.
import '../define.js';

import { expect } from '@esm-bundle/chai';
import type { Room } from '@rtc-elements/core';

import { FakeNetwork } from '../../../../tests/support/fake-call.js';
import { CallHouse } from '../../../../tests/support/house/call-house.js';
import { CountedDevices } from '../../../../tests/support/house/counted-devices.js';
import { sessionOf, trackOf } from '../../../../tests/support/house/moving-call.js';
import { registerEngine } from '../session/engines.js';
import { engine } from '../session/room-registry.js';
import type { RtcRoom } from './rtc-room.js';

const INSIDE = ['rtc-grid', 'rtc-stats', 'rtc-participants', 'rtc-notices'] as const;

let element: RtcRoom | null = null;
let houses = 0;

afterEach(() => {
  element?.remove();
  element = null;
});

/** A page with a room element in which Ann is, and Ben, who has joined by code. */
async function meet(network = new FakeNetwork()) {
  // Elements of one host and room would share it.
  const house = new CallHouse({ room: `engines-${(houses += 1)}`, tickMs: 100 });
  registerEngine('fake', network.load);
  const { createRoom } = engine;
  engine.createRoom = (options) => {
    const { clock, openSocket } = house.house;
    return createRoom({ ...options, ports: { clock, openSocket, media: new CountedDevices() } });
  };
  const room = document.createElement('rtc-room');
  const own = {
    host: 'http://house.test',
    room: house.house.name,
    name: 'Ann',
    engine: 'fake',
    lobby: 'off',
    autojoin: '',
    lang: 'en',
  };
  for (const [name, value] of Object.entries(own)) room.setAttribute(name, value);
  for (const tag of INSIDE) room.append(document.createElement(tag));
  // A picture is shown where it has a place.
  for (const grid of room.querySelectorAll('rtc-grid')) grid.style.height = '300px';
  const errors: string[] = [];
  room.addEventListener('rtc-error', (event) => errors.push(event.error.code));
  element = room;
  document.body.append(room);
  const ann = await house.during(room.ready);
  engine.createRoom = createRoom;
  house.add(ann);
  const ben = await house.join('Ben', {
    audio: true,
    engines: { fake: network.load },
    engine: 'fake',
    ports: { media: new CountedDevices() },
  });
  await house.until(() => trackOf(ann, 'camera') !== null && trackOf(ben, 'camera') !== null);
  return { house, network, room, errors, ann, ben };
}

const inside = (room: RtcRoom, tag: (typeof INSIDE)[number]): ShadowRoot | null | undefined =>
  room.querySelector(tag)?.shadowRoot;

/** The tile of the other, in the grid. */
const tileOf = (room: RtcRoom, other: Room) =>
  [...(inside(room, 'rtc-grid')?.querySelectorAll('rtc-tile') ?? [])].find(
    ({ session }) => session === sessionOf(other),
  );

const videoOf = (room: RtcRoom, other: Room) =>
  tileOf(room, other)?.shadowRoot?.querySelector('video');

/** Whether a picture of the other is on the screen: that which the room receives now. */
const isSeen = (room: RtcRoom, ann: Room, ben: Room): boolean => {
  const video = videoOf(room, ben);
  const [track] = (video?.srcObject as MediaStream | null)?.getTracks() ?? [];
  return video?.videoWidth === 64 && track === trackOf(ann, 'camera');
};

describe('a room element on an engine of the page', () => {
  it('shows pictures, people, and how their connections do', async () => {
    const { house, network, room, errors, ann, ben } = await meet();
    await house.until(() => isSeen(room, ann, ben));
    expect(network.calls.size, 'both are on the engine').to.equal(2);
    const text = (tag: (typeof INSIDE)[number]) => inside(room, tag)?.textContent ?? '';
    await house.until(() => text('rtc-participants').includes('Ben'));
    await house.until(() => text('rtc-stats').includes('Good connection'));
    const figures = inside(room, 'rtc-stats')?.querySelector('dl')?.textContent ?? '';
    expect(figures).to.include('20 ms').and.include('640 × 360, 30 fps').and.include('direct, UDP');
    network.loss.set(sessionOf(ben), 0.2);
    await house.house.advance(5_000);
    await house.until(() => text('rtc-stats').includes('Poor connection'));
    expect(tileOf(room, ben)?.getAttribute('quality')).to.equal('poor');
    expect(tileOf(room, ben)?.getAttribute('connection')).to.equal('connected');
    await house.until(() => tileOf(room, ben)?.hasAttribute('speaking') === true);
    // Told once the browser has seen that the tile is in sight.
    tileOf(room, ben)?.scrollIntoView();
    const shown = (): unknown =>
      network.calls.get(sessionOf(ann))?.shown.get(`${sessionOf(ben)} camera`);
    await house.until(() => shown() !== undefined);
    expect(shown()).to.be.an('object');
    expect(errors).to.deep.equal([]);
    await house.close();
  });

  it('tells the page when the engine has failed, and shows the same people without it', async () => {
    const { house, network, room, errors, ann, ben } = await meet();
    await house.until(() => isSeen(room, ann, ben));
    for (const { host } of network.made) host.onEnd(new Error('the server is gone') as never);
    expect(errors).to.deep.equal(['engine-failed']);
    await house.until(() => isSeen(room, ann, ben));
    expect(network.calls.size).to.equal(0);
    expect(inside(room, 'rtc-notices')?.textContent.trim()).to.equal('');
    await house.close();
  });

  it('tells the page when the engine cannot be used, and begins without it', async () => {
    const network = new FakeNetwork();
    network.open = () => Promise.reject(new Error('no'));
    const { house, room, errors, ann, ben } = await meet(network);
    await house.until(() => isSeen(room, ann, ben));
    expect(errors).to.deep.equal(['engine-failed']);
    await house.close();
  });
});
