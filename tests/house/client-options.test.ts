// Options of `createRoom()` that change while the room exists: what each does, and what is refused.
import { expect } from '@esm-bundle/chai';

import type { RoomOptions } from '../../packages/core/src/api/options.js';
import type { RoomClient } from '../../packages/core/src/room/room.js';
import type { RtcError } from '../../packages/core/src/state/errors.js';
import { createDeferred } from '../../packages/core/src/support/deferred.js';
import { warningsOf } from '../support/console.js';
import { CallHouse } from '../support/house/call-house.js';
import { CountedDevices } from '../support/house/counted-devices.js';
import { createHouseRoom, joinHouseRoom, namesOf } from '../support/house/house-room.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

/** A value of every type that no option takes. */
const WRONG: readonly unknown[] = [
  Symbol('x'),
  12n,
  NaN,
  -1,
  () => 1,
  [1],
  { urls: 'http://x' },
  new Date(0),
];

const configure = (room: RoomClient, settings: Readonly<Record<string, unknown>>): void =>
  room.configure(settings);

describe('an option that changes', () => {
  it('is a name at once, for everybody', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = createHouseRoom(house);
    room.configure({ name: 'Noor' });
    const joined = room.join();
    await house.settle();
    await joined;
    expect(ann.last('presence').joined?.[0]?.name).to.equal('Noor');
    room.configure({ name: 'Lin Wei' });
    await house.advance(1_000);
    expect(ann.last('presence').changed?.[0]?.name).to.equal('Lin Wei');
    await room.leave();
    room.configure({ name: 'Ben', meta: { team: 'blue' } });
    const again = room.join();
    await house.advance(1_000);
    await again;
    const [entry] = ann
      .all('presence')
      .flatMap(({ joined: news }) => news ?? [])
      .slice(-1);
    expect([entry?.name, entry?.meta]).to.deep.equal(['Ben', { team: 'blue' }]);
  });

  it('turns off a device that is on, whatever the person chose, and opens none by itself', async () => {
    const house = new CallHouse();
    const devices = new CountedDevices();
    const wishes = { audio: true, video: true, ports: { media: devices } };
    const room = await house.join('Ann', wishes);
    await house.until(() => devices.live.length === 2);
    await house.during(room.media.setCamera(true));
    room.configure({ video: false });
    expect(devices.live).to.deep.equal(['mic-1']);
    room.configure({ video: true, audio: 'muted' });
    expect(devices.live).to.deep.equal([]);
    await house.during(room.media.setMicrophone(true));
    await house.during(room.leave());
    await house.during(room.join());
    await house.until(() => devices.live.length === 2);
    await house.close();
  });

  it('turns off a device that is being opened', async () => {
    const house = new CallHouse();
    const allowed = createDeferred<null>();
    const devices = new CountedDevices();
    const real = devices.getUserMedia.bind(devices);
    let isAsked = false;
    devices.getUserMedia = async (constraints) => {
      isAsked = true;
      await allowed.promise;
      return real(constraints);
    };
    const room = await house.join('Ann', { call: false, ports: { media: devices } });
    const asked = room.media.setCamera(true).catch(() => undefined);
    await house.until(() => isAsked);
    room.configure({ video: false });
    allowed.resolve(null);
    await house.during(asked);
    await house.until(() => devices.opened.length === 1);
    expect([devices.live, room.getSnapshot().media.camera.status]).to.deep.equal([[], 'off']);
    await house.close();
  });

  it('releases a microphone that is not to be held any more', async () => {
    const house = new CallHouse();
    const devices = new CountedDevices();
    const wishes = { audio: true, holdMicrophone: true, ports: { media: devices } };
    const room = await house.join('Ann', { ...wishes, video: false });
    await house.until(() => devices.live.length === 1);
    await house.during(room.media.setMicrophone(false));
    expect(devices.live).to.deep.equal(['mic-1']);
    room.configure({ holdMicrophone: false });
    expect(devices.live).to.deep.equal([]);
    await house.during(room.media.setMicrophone(true));
    room.configure({ holdMicrophone: true });
    await house.during(room.media.setMicrophone(false));
    expect(devices.live).to.deep.equal(['mic-1']);
    room.configure({ audio: false });
    expect(devices.live, 'never requested').to.deep.equal([]);
    await house.close();
  });

  it('reaches the call once for all changes of one task', async () => {
    const { house } = await meet({ ann: { call: true } });
    const { room, calls } = await joinHouseRoom(house, { call: true });
    await house.settle();
    for (let turn = 0; turn < 5; turn += 1) {
      room.configure({ privacy: 'relay', iceServers: [{ urls: `turn:a${turn}.example` }] });
      room.configure({ privacy: undefined, maxPeers: turn + 1, dataSaver: true });
    }
    await house.settle();
    const [call] = calls;
    expect(call?.calls.filter((one) => one === 'configure')).to.have.lengthOf(1);
    expect(call?.options).to.deep.include({ maxPeers: 5, dataSaver: true, privacy: undefined });
    expect(call?.options.iceServers).to.deep.equal([{ urls: 'turn:a4.example' }]);
  });

  it('is the engine of a call that nobody is in', async () => {
    const { house } = await meet({ ann: {} });
    const { room, calls } = createHouseRoom(house, { call: true });
    await house.settle();
    const made: string[] = [];
    room.configure({
      engine: 'other',
      engines: {
        other: () => {
          made.push('other');
          return Promise.reject(new Error('not here'));
        },
      },
    });
    const joined = room.join();
    await house.settle();
    await joined;
    await house.settle();
    expect(made).to.deep.equal(['other']);
    expect(calls[0]?.calls.at(-1)).to.equal('close');
  });
});

describe('a token that changes', () => {
  const urlsOf = (house: House): string[] => house.targets;

  it('takes the place of a provider that never answers', async () => {
    const house = new House();
    const never = new Promise<string>(() => undefined);
    const { room } = createHouseRoom(house, { tokenProvider: () => never });
    const joined = room.join();
    await house.settle();
    expect(room.getSnapshot().connection).to.equal('connecting');
    room.configure({ tokenProvider: undefined, token: 'here' });
    await house.settle();
    await joined;
    expect(urlsOf(house).at(-1)).to.contain('token=here');
  });

  it('takes the place of a provider that fails, at once', async () => {
    const house = new House();
    const { room } = createHouseRoom(house, {
      tokenProvider: () => Promise.reject(new Error('no')),
    });
    const joined = room.join();
    await house.settle();
    expect(room.getSnapshot().problem?.code).to.equal('auth');
    room.configure({ tokenProvider: async () => 'now' });
    await house.settle();
    await joined;
  });

  it('is of no use once the room was left', async () => {
    const house = new House();
    const token = createDeferred<string>();
    const { room } = createHouseRoom(house, { tokenProvider: () => token.promise });
    const joined = room.join().catch((error: unknown) => (error as RtcError).code);
    await house.settle();
    await room.leave();
    token.resolve('late');
    await house.settle();
    await house.advance(30_000);
    expect([await joined, room.getSnapshot().connection]).to.deep.equal(['aborted', 'closed']);
    expect(house.pairs).to.have.lengthOf(0);
  });
});

describe('what is refused', () => {
  const options: Record<keyof RoomOptions, true> = {
    host: true,
    room: true,
    name: true,
    audio: true,
    video: true,
    holdMicrophone: true,
    call: true,
    privacy: true,
    token: true,
    tokenProvider: true,
    identity: true,
    iceServers: true,
    maxPeers: true,
    engines: true,
    engine: true,
    dataSaver: true,
    meta: true,
    signal: true,
    ports: true,
  };

  /** Those of the wrong values that an option takes all the same. */
  const takes = (option: string, value: unknown): boolean =>
    (option === 'tokenProvider' && typeof value === 'function') ||
    (['engines', 'meta', 'ports'].includes(option) && typeof value === 'object');

  for (const option of Object.keys(options)) {
    it(`is "${option}" of the wrong type, at every moment, with one warning`, async () => {
      const { house } = await meet({ ann: {} });
      const { room } = createHouseRoom(house);
      const moments: (() => Promise<void>)[] = [
        async () => undefined,
        async () => {
          const joined = room.join();
          await house.settle();
          await joined;
        },
        async () => {
          house.pairs.at(-1)?.cut();
          await house.settle();
        },
        async () => room.leave(),
      ];
      for (const enter of moments) {
        await enter();
        const before = room.getSnapshot();
        for (const value of WRONG.filter((one) => !takes(option, one))) {
          const said = await warningsOf(() => {
            configure(room, { [option]: value });
            configure(room, { [option]: value });
          });
          expect(said.length, String(value)).to.be.at.most(1);
        }
        expect(room.getSnapshot()).to.equal(before);
      }
      const joined = room.join();
      await house.advance(2_000);
      await joined;
      expect(namesOf(room)).to.include('Ann');
    });
  }

  it('is an option of another room, of the wrong moment, or of no room', async () => {
    const { house } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const refused = { host: 'x', room: 'y', ports: {}, call: true, signal: AbortSignal.abort() };
    for (const [option, value] of Object.entries({ ...refused, colour: 'red', name: '' })) {
      const said = await warningsOf(() => configure(room, { [option]: value }));
      expect(said, option).to.have.lengthOf(1);
      expect(said[0]).to.contain(`"${option}"`);
    }
    await room.leave();
    expect(await warningsOf(() => configure(room, { call: true, name: '' }))).to.deep.equal([]);
  });

  it('is an option of the wrong type when the room is created, and opens no device', async () => {
    const devices = new CountedDevices();
    const house = new CallHouse();
    const wishes = { audio: 'on', video: 'off', maxPeers: 'many', iceServers: [{ urls: 'x' }] };
    let room: RoomClient | null = null;
    const said = await warningsOf(async () => {
      room = await house.join('Ann', {
        ...(wishes as object),
        ports: { media: devices },
      });
    });
    expect(said).to.have.lengthOf(4);
    expect((room as RoomClient | null)?.getSnapshot().connection).to.equal('connected');
    await house.house.advance(1_000);
    expect(devices.opened).to.deep.equal([]);
    await house.close();
  });
});
