import { expect } from '@esm-bundle/chai';
import { encode, type WelcomeMessage } from '@rtc-elements/protocol';

import { CallHouse } from '../../../../tests/support/house/call-house.js';
import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { HandSocket } from '../../../../tests/support/hand-socket.js';
import { entry } from '../../../../tests/support/link-pair.js';
import { prepareCall } from '../call/call.js';
import type { RtcError } from '../state/errors.js';
import { completeOptions } from '../api/options.js';
import { RoomClient } from '../room/room.js';
import type { Room, SimulatedFault } from '../api/room-api.js';

const welcome: WelcomeMessage = {
  type: 'welcome',
  session: 'me',
  resumed: false,
  you: entry('me', 0),
  peers: [],
  seq: 0,
  room: 'r',
  iceServers: [],
  chat: { messages: [], more: false, rev: 0 },
  limits: { members: 100, meshMembers: 8, historyMessages: 10 },
  serverTime: 0,
};

const FAULTS: readonly SimulatedFault[] = [
  'socket-drop',
  'socket-half-open',
  'ice-fail',
  'turn-expire',
  'rebuild',
  'device-lost',
];

const errorOf = (verb: Promise<unknown>): Promise<RtcError | null> =>
  verb.then(
    () => null,
    (error: unknown) => error as RtcError,
  );

const epochs = (room: Room): Promise<number[]> =>
  room.diagnostics().then(({ transports }) => transports.map(({ epoch }) => epoch));

describe('a simulated fault of the socket', () => {
  const Real = globalThis.WebSocket;
  let clock: FakeClock;
  let room: RoomClient;

  /** The newest connection comes up, and the room answers. */
  const answer = async (): Promise<void> => {
    const socket = await HandSocket.unopened();
    socket.open();
    socket.dispatchEvent(new MessageEvent('message', { data: encode(welcome) }));
    await clock.advanceAsync(0);
  };

  beforeEach(async () => {
    globalThis.WebSocket = HandSocket as unknown as typeof WebSocket;
    HandSocket.made = [];
    clock = new FakeClock();
    const options = { host: 'http://house.test', room: 'r', name: 'Me', call: false };
    room = new RoomClient(completeOptions({ ...options, ports: { clock } }), {
      call: async () => prepareCall,
    });
    const joined = room.join();
    await answer();
    await joined;
  });

  afterEach(async () => {
    await room.leave();
    globalThis.WebSocket = Real;
  });

  it('[EN-5] breaks it at once, and lets it come back as after a network failure', async () => {
    await room.simulate('socket-drop');
    expect(room.getSnapshot().connection).to.equal('reconnecting');
    expect(HandSocket.made[0]?.closes, 'the room keeps our place').to.deep.equal([4000]);
    expect(HandSocket.made).to.have.length(1);
    await clock.advanceAsync(1_000);
    await answer();
    expect(HandSocket.made).to.have.length(2);
    expect(HandSocket.made[1]?.sent[0]).to.include('"resume":"me"');
    expect(room.getSnapshot().connection).to.equal('connected');
  });

  it('[PR-3] leaves it open but silent, until the heartbeat finds out', async () => {
    const [socket] = HandSocket.made;
    await room.simulate('socket-half-open');
    const said = { type: 'chat.message', message: { ...line, seq: 1 } } as const;
    socket?.dispatchEvent(new MessageEvent('message', { data: encode(said) }));
    expect(room.getSnapshot().chat.entries).to.deep.equal([]);
    await clock.advanceAsync(19_999);
    socket?.dispatchEvent(new MessageEvent('message', { data: encode({ type: 'pong' }) }));
    expect(room.getSnapshot().connection).to.equal('connected');
    await clock.advanceAsync(1);
    expect(room.getSnapshot().connection).to.equal('reconnecting');
    await answer();
    expect(room.getSnapshot().connection).to.equal('connected');
    HandSocket.made
      .at(-1)
      ?.dispatchEvent(new MessageEvent('message', { data: encode({ ...said }) }));
    expect(room.getSnapshot().chat.entries).to.have.length(1);
  });

  it('is refused while there is no socket: before joining, and while it is broken', async () => {
    await room.simulate('socket-drop');
    const error = await errorOf(room.simulate('socket-drop'));
    expect(error).to.include({ code: 'not-found', retryable: true });
    expect(error?.message).to.match(/Join it first/);
  });
});

const line = {
  id: 'line-1',
  at: 1,
  user: 'u-ann',
  name: 'Ann',
  kind: 'text',
  text: 'hello',
} as const;

describe('a simulated fault of the call', () => {
  it('is refused with the list of known faults if it is unknown', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann', { call: false });
    const error = await errorOf(room.simulate('toString' as SimulatedFault));
    expect(error?.code).to.equal('not-found');
    for (const fault of FAULTS) expect(error?.message).to.include(fault);
    await house.close();
  });

  it('says what is missing if there is nothing for it to happen to', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann', { call: false });
    const messageOf = async (fault: SimulatedFault): Promise<unknown> => {
      const error = await errorOf(room.simulate(fault));
      return error?.code === 'not-found' && error.message;
    };
    for (const fault of ['ice-fail', 'turn-expire', 'rebuild'] as const) {
      expect(await messageOf(fault)).to.match(/There is no call/);
    }
    expect(await messageOf('device-lost')).to.match(/Turn one on/);
    await house.during(room.enterCall());
    expect(await messageOf('ice-fail')).to.match(/Nobody else/);
    await room.leave();
    for (const fault of FAULTS) {
      expect((await errorOf(room.simulate(fault)))?.code).to.equal('aborted');
    }
    await house.close();
  });

  it('restarts ICE on each link, on the same connection', async () => {
    const house = new CallHouse();
    const [ann, ben] = [await house.join('Ann'), await house.join('Ben')];
    await house.connect();
    const before = await epochs(ann);
    await house.during(ann.simulate('ice-fail'));
    const { transports, events } = await ann.diagnostics();
    expect(transports.map(({ restarts, rebuilds }) => [restarts, rebuilds])).to.deep.equal([
      [1, 0],
    ]);
    expect(events.map(({ what, is }) => `${what} ${is}`)).to.include.members([
      'peer-1 restart',
      'simulated ice-fail',
    ]);
    expect(await epochs(ann)).to.deep.equal(before);
    await house.connect();
    expect(ben.getSnapshot().peers[0]?.link.status).to.equal('connected');
    await house.close();
  });

  it('[SG-3] rebuilds each link under the next epoch, on both sides', async () => {
    const house = new CallHouse();
    const [ann, ben] = [await house.join('Ann'), await house.join('Ben')];
    await house.connect();
    const [before = 0] = await epochs(ann);
    await ann.simulate('rebuild');
    expect(ann.getSnapshot().peers[0]?.link.status).to.equal('reconnecting');
    await house.connect();
    expect([await epochs(ann), await epochs(ben)]).to.deep.equal([[before + 1], [before + 1]]);
    await house.close();
  });

  it('[EN-8] asks for new credentials, once, as when a TURN server refuses ours', async () => {
    let granted = 0;
    const house = new CallHouse({
      iceServers: {
        issue: async () => ({
          iceServers: [
            { urls: ['turn:127.0.0.1:3478'], username: `${(granted += 1)}`, credential: 'c' },
          ],
          ttlMs: 600_000,
        }),
      },
    });
    const room = await house.join('Ann');
    const codes: string[] = [];
    room.addEventListener('error', ({ error }) => codes.push(error.code));
    await house.during(room.simulate('turn-expire'));
    await house.until(() => granted === 2);
    expect(codes).to.deep.equal(['turn-refused']);
    await house.close();
  });

  it('takes a device away, and another one takes its place', async () => {
    const house = new CallHouse();
    const room = await house.join('Ann');
    await house.until(() => room.getSnapshot().media.camera.status === 'on');
    const before = room.media.getTrack('camera');
    await room.simulate('device-lost');
    expect(before?.readyState).to.equal('ended');
    await house.until(() => room.getSnapshot().media.camera.status === 'on');
    expect(room.media.getTrack('camera')).not.to.equal(before);
    await house.close();
  });
});
