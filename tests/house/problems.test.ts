// What a client is told of everything that can go wrong, by the real room: each state once, and by its own code.
import { expect } from '@esm-bundle/chai';
import { CLOSE, LIMITS, mayRetryAfterClose } from '@rtc-elements/protocol';

import { browserMedia } from '../../packages/core/src/media/browser-media-port.js';
import type { SocketFactory } from '../../packages/core/src/ports.js';
import { waitFor as waitForState } from '../../packages/core/src/room/wait-for.js';
import type { RoomState } from '../../packages/core/src/state/room-state.js';
import type { RoomClient } from '../../packages/core/src/room/room.js';
import { House, HOUSE_RETRY_MS } from '../support/house/house.js';
import { createHouseRoom, joinHouseRoom } from '../support/house/house-room.js';
import { meet } from '../support/house/meet.js';

/** The codes of all `error` events from now on; a fatal one has a `!`. */
function listen(room: RoomClient): string[] {
  const told: string[] = [];
  room.addEventListener('error', ({ error, fatal }) => told.push(error.code + (fatal ? '!' : '')));
  return told;
}

/** The texts of all `message` events from now on. */
function listenToChat(room: RoomClient): string[] {
  const told: string[] = [];
  room.addEventListener('message', ({ message }) => told.push(message.text));
  return told;
}

const waitFor = (room: RoomClient, test: (state: RoomState) => boolean): Promise<void> =>
  waitForState(room, () => null, test);

const denied = {
  ...browserMedia,
  getUserMedia: () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError')),
  enumerateDevices: async () =>
    (['audioinput', 'videoinput'] as const).map(
      (kind) => ({ kind, deviceId: kind, groupId: '', label: '' }) as MediaDeviceInfo,
    ),
};

/** As the edge refuses: the socket opens, and closes with the reason. */
const refusing =
  (code: number, reason: string): SocketFactory =>
  (getTarget, handlers) => {
    void getTarget().then(() => {
      handlers.onOpen(true);
      handlers.onClose({ code, reason, willRetry: mayRetryAfterClose(code) });
    });
    return { send: () => true, reconnect: () => undefined, close: () => undefined };
  };

describe('a client that is told of a problem', () => {
  it('hears once of each device that is denied, and again when it is denied again', async () => {
    const { house, room } = createHouseRoom(new House(), {
      call: true,
      audio: true,
      video: true,
      ports: { media: denied },
    });
    const told = listen(room);
    const joined = room.join();
    await house.settle();
    await joined;
    await waitFor(room, ({ media }) => (media.camera.problem && media.microphone.problem) !== null);
    expect(told).to.deep.equal(['permission-denied', 'permission-denied']);
    const again = await room.media.setCamera(true).catch((error: unknown) => error);
    expect(again).to.include({ code: 'permission-denied' });
    expect(told).to.have.length(3);
    await room.leave();
    expect(told).to.have.length(3);
  });

  it('hears once of a host that cannot be reached, however often it tries', async () => {
    const house = new House();
    house.isReachable = false;
    const { room } = createHouseRoom(house);
    const told = listen(room);
    const joined = room.join();
    await house.advance(10 * HOUSE_RETRY_MS);
    expect(told).to.deep.equal(['host-unreachable']);
    house.isReachable = true;
    await house.advance(2 * HOUSE_RETRY_MS);
    await joined;
    expect(room.getSnapshot().problem).to.equal(null);
  });

  it('hears nothing of a break that ends with the next try, and once of a longer one', async () => {
    const { house, room } = await joinHouseRoom();
    const told = listen(room);
    house.pairs[0]?.cut();
    await house.settle();
    expect(room.getSnapshot()).to.include({ connection: 'reconnecting', problem: null });
    await house.advance(2 * HOUSE_RETRY_MS);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(told).to.deep.equal([]);
    house.isReachable = false;
    house.pairs[0]?.cut();
    await house.advance(10 * HOUSE_RETRY_MS);
    expect(told).to.deep.equal(['host-unreachable']);
    expect(room.getSnapshot().problem?.code).to.equal('host-unreachable');
  });

  for (const [code, reason, expected] of [
    [CLOSE.auth, 'token-missing: this room asks for a token', 'token-missing'],
    [CLOSE.auth, 'token-expired: the token has expired', 'token-expired'],
    [CLOSE.auth, 'token-early: the token is from the future', 'token-early'],
    [CLOSE.auth, 'token-invalid: not a token of this deployment', 'token-invalid'],
    [CLOSE.auth, 'token-claims: the claim "role" must be: host', 'token-invalid'],
    [CLOSE.auth, 'token-long-lived: at most 3600 seconds', 'token-invalid'],
    [CLOSE.auth, 'token-of-a-newer-kind: who knows', 'auth'],
    [CLOSE.auth, '', 'auth'],
    [CLOSE.forbidden, 'wrong-room: the token is for another room', 'token-wrong-room'],
    [CLOSE.forbidden, 'origin: pages of this origin may not connect', 'bad-origin'],
    [CLOSE.forbidden, '', 'forbidden'],
    // A reason says nothing under a code that it does not belong to.
    [CLOSE.banned, 'token-expired: as if', 'banned'],
    [CLOSE.forbidden, '__proto__: as if', 'forbidden'],
  ] as const) {
    it(`[EN-7] hears once that it is refused with ${code} "${reason}", as ${expected}`, async () => {
      const house = new House();
      const openSocket = refusing(code, reason);
      const { room } = createHouseRoom(house, { ports: { clock: house.clock, openSocket } });
      const told = listen(room);
      const joined = room.join().catch((error: unknown) => error);
      await house.settle();
      expect(await joined).to.include({ code: expected });
      expect(told).to.deep.equal([`${expected}!`]);
      const { problem } = room.getSnapshot();
      expect(problem?.code).to.equal(expected);
      expect(problem?.message).to.match(/^[A-Z].*\.$/);
    });
  }

  it('[LI-2] [LI-3] tells a person with too many tabs from a room that is full', async () => {
    const house = new House();
    for (let tab = 0; tab < LIMITS.connectionsPerUser; tab += 1) await joinHouseRoom(house);
    const fifth = createHouseRoom(house).room;
    const told = listen(fifth);
    const joined = fifth.join().catch((error: unknown) => error);
    await house.settle();
    expect(await joined).to.include({ code: 'too-many-tabs', retryable: true });
    expect(told).to.deep.equal(['too-many-tabs!']);

    const full = (await meet({ ann: {} }, { limits: { members: 1 } })).house;
    const second = createHouseRoom(full).room;
    const refused = second.join().catch((error: unknown) => error);
    await full.settle();
    expect(await refused).to.include({ code: 'room-full', retryable: true });
  });
});

describe('a client that was away', () => {
  it('hears as messages what others said meanwhile, and not its own words or old ones', async () => {
    const { house, ann } = await meet({ ann: {} });
    await ann.say('before');
    const { room } = await joinHouseRoom(house);
    const other = await joinHouseRoom(house);
    const told = listenToChat(room);
    expect(told, 'history is no news').to.deep.equal([]);
    house.pairs[1]?.cut();
    await ann.say('one');
    const mine = other.room.chat.send('of myself');
    await house.settle();
    await mine;
    await ann.say('two');
    await house.advance(2 * HOUSE_RETRY_MS);
    expect(told).to.deep.equal(['one', 'two']);
    for (const pair of house.pairs.slice(1)) pair.cut();
    await house.advance(2 * HOUSE_RETRY_MS);
    expect(told, 'each once').to.deep.equal(['one', 'two']);
  });

  it('hears what is on the last page after a long time, and once', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const told = listenToChat(room);
    house.isReachable = false;
    house.pairs[1]?.cut();
    for (let n = 1; n <= LIMITS.pageMessages + 10; n += 1) {
      await ann.say(`line ${n}`);
      await house.advance(60);
    }
    await house.advance(60_000);
    house.isReachable = true;
    await house.advance(2 * HOUSE_RETRY_MS);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(told).to.have.length(LIMITS.pageMessages);
    expect(told.at(-1)).to.equal(`line ${LIMITS.pageMessages + 10}`);
  });
});
