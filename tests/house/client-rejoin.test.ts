// A room that was left is joined again: another stay, with what the person chose, and nothing of the former one.
import { expect } from '@esm-bundle/chai';

import type { RtcError } from '../../packages/core/src/state/errors.js';
import type { RoomClient } from '../../packages/core/src/room/room.js';
import { CallHouse } from '../support/house/call-house.js';
import { CountedDevices } from '../support/house/counted-devices.js';
import { createHouseRoom, joinHouseRoom, textsOf } from '../support/house/house-room.js';
import { meet } from '../support/house/meet.js';

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fine',
    (error: unknown) => (error as RtcError).code,
  );

const statusOf = (room: RoomClient): readonly string[] => {
  const { microphone, camera } = room.getSnapshot().media;
  return [microphone.status, camera.status];
};

const isStill = (room: RoomClient): boolean => !statusOf(room).includes('starting');

describe('a room that was left', () => {
  it('is joined again as the same object, with the history of the room', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    await house.settle();
    const sent = room.chat.send('before');
    await house.settle();
    await sent;
    room.setPresence({ hand: true, name: 'Noor' });
    const first = room.getSnapshot().you?.session;
    await room.leave();
    await house.advance(100);
    expect(await codeOf(room.chat.send('between'))).to.equal('aborted');
    ann.clear();
    const joined = room.join();
    await house.settle();
    await joined;
    const { connection, left, you, peers } = room.getSnapshot();
    expect({ connection, left }).to.deep.equal({ connection: 'connected', left: null });
    expect(you?.session).not.to.equal(first);
    expect([you?.name, you?.hand]).to.deep.equal(['Noor', false]);
    expect(peers.map(({ name }) => name)).to.deep.equal(['Ann']);
    expect(textsOf(room)).to.deep.equal(['before']);
    expect(ann.last('presence').joined?.map(({ name }) => name)).to.deep.equal(['Noor']);
    const again = room.chat.send('after');
    await house.settle();
    expect((await again).seq).to.be.greaterThan(1);
  });

  it('is one stay for join, leave and join in one task', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = createHouseRoom(house);
    ann.clear();
    const first = codeOf(room.join());
    void room.leave();
    const second = codeOf(room.join());
    await house.settle();
    await house.advance(1_000);
    expect([await first, await second]).to.deep.equal(['aborted', 'fine']);
    const joined = ann.heard.flatMap((message) =>
      message.type === 'presence' ? (message.joined ?? []) : [],
    );
    expect(joined).to.have.lengthOf(1);
    expect(room.getSnapshot().connection).to.equal('connected');
  });

  it('sends nothing that was written before unless it is told to, and is not stuck behind it', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    house.isReachable = false;
    house.pairs.at(-1)?.cut();
    const lost = codeOf(room.chat.send('lost'));
    await room.leave();
    expect(await lost).to.equal('not-sent');
    house.isReachable = true;
    const joined = room.join();
    await house.advance(5_000);
    await joined;
    const sent = room.chat.send('new');
    await house.settle();
    await sent;
    expect(ann.last('chat.message').message.text).to.equal('new');
    // The browser gives the lock on what was kept back in a task of its own.
    while (!textsOf(room).includes('[lost]')) await navigator.locks.query();
    expect(textsOf(room)).to.deep.equal(['new', '[lost]']);
    const [{ id } = { id: '' }] = room.getSnapshot().chat.entries.filter(({ seq }) => seq === null);
    room.chat.retry(id);
    await house.settle();
    expect(textsOf(room)).to.deep.equal(['new', 'lost']);
  });

  it('is joined again after a removal, but not by a join that is aborted already', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const left: string[] = [];
    room.addEventListener('leave', ({ reason }) => left.push(reason));
    const { session = '' } = room.getSnapshot().you ?? {};
    ann.send({ type: 'moderate', ref: 'r', action: 'remove', session });
    await house.settle();
    expect(left).to.deep.equal(['removed']);
    expect(await codeOf(room.join({ signal: AbortSignal.abort() }))).to.equal('aborted');
    expect([room.getSnapshot().connection, left.length]).to.deep.equal(['closed', 1]);
    const joined = room.join();
    await house.settle();
    await joined;
    expect(room.getSnapshot()).to.include({ connection: 'connected', problem: null });
  });
});

describe('the devices of who joins again', () => {
  /** In the call with both devices on, then left, after `choose`; what is live after joining again. */
  async function rejoin(choose: (room: RoomClient) => unknown, viaCall = false) {
    const house = new CallHouse();
    const devices = new CountedDevices();
    const wishes = { audio: true, video: true, ports: { media: devices } };
    const room = await house.join('Ann', wishes);
    await house.until(() => devices.live.length === 2);
    await house.during(Promise.resolve(choose(room)));
    await house.until(() => isStill(room));
    await house.during(viaCall ? room.leaveCall() : room.leave());
    expect(devices.live).to.deep.equal([]);
    await house.during(viaCall ? room.enterCall() : room.join());
    await house.until(() => isStill(room) && statusOf(room).some((one) => one === 'on'));
    const live = devices.live;
    await house.close();
    expect(devices.live, 'after the end').to.deep.equal([]);
    return live;
  }

  for (const viaCall of [false, true]) {
    const way = viaCall ? 'the call' : 'the room';
    it(`are off if they were turned off before leaving ${way}`, async () => {
      expect(await rejoin((room) => room.media.setCamera(false), viaCall)).to.deep.equal(['mic-1']);
      expect(await rejoin((room) => room.media.setMicrophone(false), viaCall)).to.deep.equal([
        'camera-1',
      ]);
    });

    it(`are those that were chosen before leaving ${way}`, async () => {
      expect(
        await rejoin((room) => room.media.setMicrophone({ deviceId: 'mic-2' }), viaCall),
      ).to.deep.equal(['camera-1', 'mic-2']);
      expect(
        await rejoin(async (room) => {
          await room.media.setCamera({ deviceId: 'camera-2' });
          await room.media.setMicrophone({ deviceId: 'mic-2' });
          await room.media.setMicrophone(false);
        }, viaCall),
      ).to.deep.equal(['camera-2']);
    });
  }

  it('are on again if they were turned on against the options', async () => {
    const house = new CallHouse();
    const devices = new CountedDevices();
    const room = await house.join('Ann', { audio: 'muted', ports: { media: devices } });
    await house.until(() => devices.opened.length === 2 && isStill(room));
    await house.during(room.media.setMicrophone(true));
    await house.during(room.leave());
    await house.during(room.join());
    await house.until(() => devices.live.length === 2);
    // The page has changed its mind since, which counts for more than what was on.
    await house.during(room.leave());
    room.configure({ audio: false });
    await house.during(room.join());
    await house.until(() => devices.live.length > 0 && isStill(room));
    expect(devices.live).to.deep.equal(['camera-1']);
    await house.close();
  });

  it('play to the speaker that was chosen', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann', { audio: true, ports: { media: new CountedDevices() } });
    await house.until(() => statusOf(room)[0] === 'on');
    room.media.setSpeaker('loud');
    await house.until(() => room.getSnapshot().media.speakerId === 'loud');
    await house.during(room.leave());
    await house.during(room.join());
    await house.until(() => statusOf(room)[0] === 'on');
    expect(room.getSnapshot().media.speakerId).to.equal('loud');
    await house.close();
  });
});
