import { expect } from '@esm-bundle/chai';
import { CLOSE, type EarlyOffer } from '@rtc-elements/protocol';

import { browserMedia } from '../../packages/core/src/media/browser-media-port.js';
import type { RtcError } from '../../packages/core/src/state/errors.js';
import type { SocketFactory } from '../../packages/core/src/ports.js';
import { createDeferred } from '../../packages/core/src/support/deferred.js';
import { helloOf } from '../support/house/raw-client.js';
import { House, HOUSE_RETRY_MS } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';
import { createHouseRoom, joinHouseRoom, namesOf } from '../support/house/house-room.js';

const failure = async (promise: Promise<unknown>): Promise<RtcError> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as RtcError,
  );

const OFFER: EarlyOffer = { description: { type: 'offer', sdp: 'v=0' }, sources: {} };

/** Ben is in the call; another joins it, with an offer under way that the test ends. */
async function joinWithOffer() {
  const { house, ben } = await meet({ ben: { call: true } });
  const { room, calls } = createHouseRoom(house, { call: true });
  await house.settle();
  const [call] = calls;
  if (!call) throw new Error('no call was made');
  const offer = createDeferred<EarlyOffer>();
  call.offer = offer.promise;
  const joined = room.join();
  await house.settle();
  ben.clear();
  return { house, ben, call, offer, joined };
}

/** A way into the house that keeps the types of what is said on its sockets. */
function listening(house: House) {
  const said: string[] = [];
  const openSocket: SocketFactory = (getTarget, handlers) => {
    const port = house.openSocket(getTarget, handlers);
    return {
      send: (text) => {
        said.push((JSON.parse(text) as { type: string }).type);
        return port.send(text);
      },
      reconnect: () => port.reconnect(),
      close: (code, reason) => port.close(code, reason),
    };
  };
  return { openSocket, said };
}

describe('a client entering', () => {
  it('[EN-3] is in after hello and welcome, and sees who is here', async () => {
    const house = new House();
    await house.client().join('Ann');
    const { room } = await joinHouseRoom(house);
    expect(room.getSnapshot()).to.include({ connection: 'connected', problem: null });
    expect(room.getSnapshot().you?.name).to.equal('Me');
    expect(namesOf(room)).to.deep.equal(['Ann']);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[EN-3] never waits for the call or for devices', async () => {
    const never = new Promise<never>(() => undefined);
    const { room, calls } = await joinHouseRoom(new House(), {
      call: true,
      audio: true,
      ports: { media: { ...browserMedia, getUserMedia: () => never } },
    });
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(calls[0]?.rosters.at(-1)?.you?.call).to.be.above(0);
  });

  it('keeps trying while the host cannot be reached, and says so', async () => {
    const house = new House();
    house.isReachable = false;
    const { room } = createHouseRoom(house);
    const joined = room.join();
    await house.advance(5_000);
    expect(room.getSnapshot().connection).to.equal('connecting');
    expect(room.getSnapshot().problem?.code).to.equal('host-unreachable');
    house.isReachable = true;
    await house.advance(2_000);
    await joined;
    expect(room.getSnapshot()).to.include({ connection: 'connected', problem: null });
  });

  it('opens a new socket when a room takes the connection but never speaks', async () => {
    const house = new House();
    let isMute = true;
    const openSocket: SocketFactory = (url, handlers) =>
      house.openSocket(url, {
        ...handlers,
        onOpen: (isGreeted) => {
          if (isMute) house.pairs[0]?.toClient.hold();
          isMute = false;
          handlers.onOpen(isGreeted);
        },
      });
    const { room } = createHouseRoom(house, { ports: { clock: house.clock, openSocket } });
    const joined = room.join();
    await house.advance(9_999);
    expect(room.getSnapshot().connection).to.equal('connecting');
    await house.advance(1);
    await joined;
    expect(house.pairs).to.have.length(1);
  });

  for (const [code, name, reason] of [
    [CLOSE.auth, 'auth', 'token-expired'],
    [CLOSE.forbidden, 'forbidden', 'removed'],
    [CLOSE.room, 'bad-room-name', 'room-closed'],
    [CLOSE.badMessage, 'protocol', 'network'],
    [CLOSE.replaced, 'replaced', 'replaced'],
    [CLOSE.removed, 'removed', 'removed'],
    [CLOSE.banned, 'banned', 'banned'],
  ] as const) {
    it(`[EN-4] does not try again after ${code}, and says "${name}"`, async () => {
      const { house, room } = await joinHouseRoom();
      const told: string[] = [];
      room.addEventListener('error', ({ error, fatal }) => told.push(`${error.code} ${fatal}`));
      room.addEventListener('leave', (event) => told.push(event.reason));
      house.pairs[0]?.close(code, '');
      await house.advance(60_000);
      expect(told).to.deep.equal([`${name} true`, reason]);
      expect(room.getSnapshot()).to.include({ connection: 'closed', left: reason });
      expect(house.pairs).to.have.length(0);
    });
  }

  for (const code of [CLOSE.retryLater, CLOSE.idle, 1006, 1012]) {
    it(`[EN-4] tries again after ${code}`, async () => {
      const { house, room } = await joinHouseRoom();
      house.pairs[0]?.close(code, '');
      await house.settle();
      expect(room.getSnapshot().connection).to.equal('reconnecting');
      await house.advance(2_000);
      expect(room.getSnapshot().connection).to.equal('connected');
    });
  }

  it('[EN-4] rejects a join that the room refuses', async () => {
    const house = new House({ limits: { members: 1 } });
    await house.client().join('Ann');
    const { room } = createHouseRoom(house);
    const joined = failure(room.join());
    await house.settle();
    expect((await joined).code).to.equal('room-full');
    expect(room.getSnapshot().problem?.code).to.equal('room-full');
  });

  it('[EN-5] resumes its session after a broken socket, and nobody sees it leave', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const before = room.getSnapshot();
    ann.clear();
    house.pairs[1]?.cut();
    await house.settle();
    expect(room.getSnapshot().connection).to.equal('reconnecting');
    expect(room.getSnapshot().peers).to.equal(before.peers);
    await house.advance(1_500);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(room.getSnapshot().you?.session).to.equal(before.you?.session);
    expect(ann.all('presence').flatMap((message) => message.left ?? [])).to.deep.equal([]);
  });

  it('[EN-5] comes back as the same user in a new session after the grace', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    const { session, user } = room.getSnapshot().you ?? {};
    house.isReachable = false;
    house.pairs[1]?.cut();
    await house.advance(40_000);
    expect(ann.all('presence').flatMap((message) => message.left ?? [])).to.deep.equal([
      { session, reason: 'lost' },
    ]);
    house.isReachable = true;
    await house.advance(2_000);
    expect(room.getSnapshot().you?.session).to.not.equal(session);
    expect(room.getSnapshot().you?.user).to.equal(user);
  });

  it('[EN-6] waits with hello for an early offer, and hands it to the call of its taker', async () => {
    const { house, ben, call, offer, joined } = await joinWithOffer();
    await house.advance(29);
    expect(house.pairs, 'the socket waits, as hello goes with it').to.have.length(1);
    offer.resolve(OFFER);
    await house.settle();
    await joined;
    expect(call.taker).to.equal(ben.session);
    expect(ben.last('signal').description).to.deep.equal(OFFER.description);
  });

  it('[EN-6] goes in without an early offer after 30 ms, and drops it when it comes', async () => {
    const { house, ben, call, offer, joined } = await joinWithOffer();
    await house.advance(30);
    await joined;
    expect(call.taker).to.equal(null);
    offer.resolve(OFFER);
    await house.advance(100);
    expect(call.taker).to.equal(null);
    expect(ben.all('signal')).to.deep.equal([]);
  });

  it('[EN-6] does not say an offer again after a try that may have reached the room', async () => {
    const { house, ben, call, offer, joined } = await joinWithOffer();
    house.isReachable = false;
    offer.resolve(OFFER);
    await house.settle();
    house.isReachable = true;
    await house.advance(HOUSE_RETRY_MS);
    await joined;
    expect(call.taker).to.equal(null);
    expect(ben.all('presence').flatMap((message) => message.joined ?? [])).to.have.length(1);
    expect(ben.all('signal')).to.deep.equal([]);
    expect(house.warnings).to.deep.equal([]);
    const { pairs } = house;
    await house.advance(60_000);
    expect(house.pairs).to.deep.equal(pairs);
  });

  it('[EN-10] is welcomed by the first word of the room, having said only that its socket is open', async () => {
    const house = new House();
    const { openSocket, said } = listening(house);
    const { room } = createHouseRoom(house, { ports: { clock: house.clock, openSocket } });
    const joined = room.join();
    await house.settle();
    await joined;
    expect(said).to.deep.equal(['ping']);
    expect(room.getSnapshot().you?.name).to.equal('Me');
  });

  it('[EN-10] says hello on the socket to a room that is deaf to it before, and at once the next time', async () => {
    const house = new House();
    house.takesEarlyHello = false;
    const { openSocket, said } = listening(house);
    const { room } = createHouseRoom(house, { ports: { clock: house.clock, openSocket } });
    const joined = room.join();
    await house.advance(HOUSE_RETRY_MS);
    await joined;
    house.pairs[0]?.cut();
    await house.advance(HOUSE_RETRY_MS);
    expect(said).to.deep.equal(['hello', 'hello']);
    expect(room.getSnapshot().connection).to.equal('connected');
  });

  it('[EN-5] [EN-10] takes up its session with the request, after a loss', async () => {
    const house = new House();
    const { openSocket, said } = listening(house);
    const { room } = await joinHouseRoom(house, { ports: { clock: house.clock, openSocket } });
    const { session } = room.getSnapshot().you ?? {};
    house.pairs[0]?.cut();
    await house.advance(HOUSE_RETRY_MS);
    expect(room.getSnapshot().you?.session).to.equal(session);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(said).to.deep.equal(['ping', 'ping']);
  });

  it('[PR-1] [EN-10] says goodbye to a room that may know of it, before any welcome is here', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { openSocket, said } = listening(house);
    const { room } = createHouseRoom(house, { ports: { clock: house.clock, openSocket } });
    const failed = failure(room.join());
    while (house.pairs.length < 2) await Promise.resolve();
    house.pairs[1]?.toClient.hold();
    await house.settle();
    const session = ann.last('presence').joined?.[0]?.session;
    await room.leave();
    await house.advance(100);
    expect((await failed).code).to.equal('aborted');
    expect(said).to.deep.equal(['ping', 'leave']);
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'left' }]);
  });

  it('leaves at once', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room, calls } = await joinHouseRoom(house, { call: true });
    const { session } = room.getSnapshot().you ?? {};
    await Promise.all([room.leave(), room.leave()]);
    await house.advance(100);
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'left' }]);
    expect(calls[0]?.calls.at(-1)).to.equal('close');
    expect(room.getSnapshot()).to.include({ connection: 'closed', left: 'left', problem: null });
  });

  it('releases everything when a join is aborted, and says nothing later', async () => {
    const house = new House();
    const abort = new AbortController();
    const { room, calls } = createHouseRoom(house, { call: true });
    const joined = failure(room.join({ signal: abort.signal }));
    await Promise.resolve();
    abort.abort();
    expect((await joined).code).to.equal('aborted');
    const { room: never } = createHouseRoom(house, { signal: abort.signal });
    expect((await failure(never.join())).code).to.equal('aborted');
    const late: string[] = [];
    for (const type of ['peer-join', 'connection-change', 'leave', 'error'] as const) {
      room.addEventListener(type, () => late.push(type));
    }
    await house.advance(60_000);
    expect(late).to.deep.equal([]);
    expect(house.pairs).to.have.length(0);
    for (const call of calls) expect(call.calls.at(-1)).to.equal('close');
  });

  it('joins from a lobby under the name given there', async () => {
    const { house, room } = createHouseRoom(new House(), { name: '' });
    expect((await failure(room.join())).code).to.equal('bad-name');
    const joined = room.join({ name: ' Zoë ' });
    await house.settle();
    await joined;
    expect(room.getSnapshot().you?.name).to.equal('Zoë');
  });

  it('ignores frames that are no messages', async () => {
    const { house, room } = await joinHouseRoom();
    for (const text of ['', '{', '[]', '{"type":"__proto__"}', '{"type":"presence","seq":-1}']) {
      house.pairs[0]?.send(text);
    }
    house.client().open().send(helloOf('Ann'));
    await house.advance(100);
    expect(namesOf(room)).to.deep.equal(['Ann']);
  });
});
