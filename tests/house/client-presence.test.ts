import { expect } from '@esm-bundle/chai';

import type { RtcError } from '../../packages/core/src/state/errors.js';
import { keyOf } from '../support/house/raw-client.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';
import { createHouseRoom, joinHouseRoom, namesOf } from '../support/house/house-room.js';

const FLAGS = { microphone: true, camera: false, screen: false };

/** The page is hidden or shown, and what it says of that has gone round. */
async function turn(house: House, visibility: DocumentVisibilityState): Promise<void> {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
  document.dispatchEvent(new Event('visibilitychange'));
  await house.advance(100);
}

describe('the presence of a client', () => {
  it('[PR-1] tells what it wants to be, and shows what the room says it is', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house, { meta: { team: 'blue' } });
    expect(ann.last('presence').joined?.[0]?.meta).to.deep.equal({ team: 'blue' });
    room.setPresence({ hand: true, name: 'Me Too', state: 'away' });
    expect(room.getSnapshot().you?.hand).to.equal(false);
    await house.advance(100);
    expect(room.getSnapshot().you).to.include({ hand: true, name: 'Me Too', state: 'away' });
    expect(ann.last('presence').changed?.[0]).to.include({ hand: true });
  });

  it('[PR-1] tells after coming back what changed while it was out of reach', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house, { call: true });
    house.isReachable = false;
    house.pairs[1]?.cut();
    await house.settle();
    room.setPresence({ hand: true });
    await room.media.setMicrophone(true);
    house.isReachable = true;
    await house.advance(2_000);
    await house.advance(100);
    expect(room.getSnapshot().you).to.deep.include({ hand: true, media: FLAGS });
    const heard = ann.all('presence').flatMap((message) => message.changed ?? []);
    expect(heard.find((change) => change.media)?.media).to.deep.equal(FLAGS);
  });

  it('[PR-2] asks for the whole roster when a delta is missing', async () => {
    const { house, room } = await joinHouseRoom();
    house.pairs[0]?.toClient.dropNext();
    await house.client().join('Ann');
    await house.advance(100);
    expect(namesOf(room)).to.deep.equal([]);
    await house.client().join('Ben');
    await house.advance(100);
    expect(namesOf(room)).to.deep.equal(['Ann', 'Ben']);
  });

  it('[PR-2] ignores a delta that comes twice', async () => {
    const { house, room } = await joinHouseRoom();
    const told: string[] = [];
    room.addEventListener('peer-join', (event) => told.push(event.peer.name));
    house.pairs[0]?.toClient.doubleNext();
    await house.client().join('Ann');
    await house.advance(100);
    expect(told).to.deep.equal(['Ann']);
  });

  it('[PR-3] opens a new socket within 20 s of silence, and resumes (30)', async () => {
    const { house, room } = await joinHouseRoom();
    const { session } = room.getSnapshot().you ?? {};
    const [dead] = house.pairs;
    dead?.toClient.hold();
    await house.advance(20_000 - 1);
    expect(dead?.isOpen).to.equal(true);
    await house.advance(1);
    expect(dead?.isOpen).to.equal(false);
    await house.advance(100);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(room.getSnapshot().you?.user).to.be.a('string');
    expect(room.getSnapshot().you?.session).to.equal(session);
  });

  it('[PR-3] asks less often while its page is hidden', async () => {
    const house = new House();
    await turn(house, 'hidden');
    const { room } = await joinHouseRoom(house);
    const [dead] = house.pairs;
    dead?.toClient.hold();
    try {
      await house.advance(35_000 - 1);
      expect(dead?.isOpen).to.equal(true);
      await house.advance(1);
      expect(dead?.isOpen).to.equal(false);
    } finally {
      await turn(house, 'visible');
      await room.leave();
    }
  });

  it('[PR-3] is away while its page is hidden, unless it is in the call', async () => {
    const { house, room } = await joinHouseRoom();
    const state = (): string | undefined => room.getSnapshot().you?.state;
    try {
      await turn(house, 'hidden');
      expect(state()).to.equal('away');
      const entered = room.enterCall();
      await house.advance(100);
      await entered;
      expect(state()).to.equal('active');
      const left = room.leaveCall();
      await house.advance(100);
      await left;
      expect(state()).to.equal('away');
      await turn(house, 'visible');
      expect(state()).to.equal('active');
    } finally {
      await turn(house, 'visible');
      await room.leave();
    }
  });

  it('[PR-3] tells so when it comes into the room hidden', async () => {
    const house = new House();
    await turn(house, 'hidden');
    const { room } = await joinHouseRoom(house);
    await house.advance(100);
    expect(room.getSnapshot().you?.state).to.equal('away');
    await turn(house, 'visible');
    await room.leave();
  });

  it('[PR-3] leaves the state alone once the app has set it', async () => {
    const { house, room } = await joinHouseRoom();
    for (const state of ['active', 'away'] as const) {
      room.setPresence({ state });
      for (const visibility of ['hidden', 'visible'] as const) {
        await turn(house, visibility);
        expect(room.getSnapshot().you?.state).to.equal(state);
      }
    }
    await room.leave();
  });

  it('[PR-3] stays on a calm connection for hours', async () => {
    const { house, room } = await joinHouseRoom();
    const [pair] = house.pairs;
    for (let minute = 0; minute < 120; minute += 1) await house.advance(60_000);
    expect(house.pairs).to.deep.equal([pair]);
    expect(room.getSnapshot().connection).to.equal('connected');
  });

  it('[PR-3] probes a dead connection at once when the network or the page is back', async () => {
    for (const wake of [
      () => window.dispatchEvent(new Event('online')),
      () => document.dispatchEvent(new Event('visibilitychange')),
    ]) {
      const { house, room } = await joinHouseRoom();
      const [dead] = house.pairs;
      dead?.toClient.hold();
      wake();
      await house.advance(2_500);
      expect(dead?.isOpen).to.equal(false);
      expect(room.getSnapshot().connection).to.equal('connected');
      await room.leave();
    }
  });

  it('[PR-3] probes it when a peer of the call falls silent, and then not again', async () => {
    const { house, room, calls } = await joinHouseRoom(new House(), { call: true });
    await house.advance(100);
    const [dead] = house.pairs;
    dead?.toClient.hold();
    const [call] = calls;
    call?.host.probe();
    await house.advance(1_500);
    call?.host.probe();
    await house.advance(1_000);
    expect(dead?.isOpen).to.equal(false);
    expect(room.getSnapshot().connection).to.equal('connected');
    await room.leave();
  });

  it('tries at once when the network is back, with one socket however often it flaps', async () => {
    const { house, room } = await joinHouseRoom();
    house.isReachable = false;
    house.pairs[0]?.cut();
    for (let flap = 0; flap < 30; flap += 1) {
      await house.advance(10);
      window.dispatchEvent(new Event('online'));
    }
    house.isReachable = true;
    window.dispatchEvent(new Event('online'));
    await house.settle();
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(house.pairs).to.have.length(1);
    await room.leave();
  });

  it('says goodbye when the page goes, and joins again when it comes back out of the cache', async () => {
    const { house, ann } = await meet({ ann: {} });
    const { room } = await joinHouseRoom(house);
    await room.chat.send('before');
    const { session } = room.getSnapshot().you ?? {};
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await house.advance(100);
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'left' }]);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await house.advance(100);
    expect(room.getSnapshot().connection).to.equal('connected');
    expect(room.getSnapshot().you?.session).to.not.equal(session);
    expect(ann.last('presence').joined?.[0]?.name).to.equal('Me');
    await room.leave();
  });

  it('leaves no ghost over twenty reloads', async () => {
    const { house, ann } = await meet({ ann: {} });
    for (let reload = 0; reload < 20; reload += 1) {
      const { room } = await joinHouseRoom(house);
      window.dispatchEvent(new PageTransitionEvent('pagehide'));
      await house.advance(200);
      await room.leave();
    }
    const { room } = await joinHouseRoom(house, { name: 'Last' });
    expect(namesOf(room)).to.deep.equal(['Ann']);
    expect(ann.all('presence').flatMap((message) => message.left ?? [])).to.have.length(20);
  });
});

describe('state while the room is out of reach', () => {
  /** Ann and Ben, in one call; Ann's socket breaks, and `meanwhile` happens. */
  async function whileAway(
    ms: number,
    meanwhile: (story: Story) => void | Promise<void>,
  ): Promise<Story> {
    const house = new House();
    const ann = await joinHouseRoom(house, { name: 'Ann', call: true });
    const ben = house.client();
    await ben.join('Ben', { call: true, key: keyOf('Ben') });
    await house.advance(100);
    const story = { house, ann, ben };
    house.isReachable = false;
    house.pairs[0]?.cut();
    await house.settle();
    await meanwhile(story);
    await house.advance(ms);
    house.isReachable = true;
    await house.advance(2_000);
    await house.advance(100);
    return story;
  }

  interface Story {
    readonly house: House;
    readonly ann: Awaited<ReturnType<typeof joinHouseRoom>>;
    readonly ben: ReturnType<House['client']>;
  }

  it('[SG-5] keeps every link, and sees afterwards that somebody muted', async () => {
    const { ann } = await whileAway(5_000, ({ ben }) => {
      ben.send({ type: 'presence.set', media: FLAGS });
    });
    expect(ann.room.getSnapshot().peers[0]?.media).to.deep.equal(FLAGS);
    expect(ann.calls).to.have.length(1);
    expect(ann.calls[0]?.calls).to.not.include('close');
  });

  it('[SG-5] drops whoever left meanwhile, and meets whoever came', async () => {
    const { ann } = await whileAway(5_000, async ({ house, ben }) => {
      ben.send({ type: 'leave' }).close();
      house.isReachable = true;
      await house.client().join('Cid', { call: true });
      house.isReachable = false;
    });
    expect(namesOf(ann.room)).to.deep.equal(['Cid']);
    const roster = ann.calls[0]?.rosters.at(-1);
    expect(roster?.peers.map(({ name }) => name)).to.deep.equal(['Cid']);
  });

  it('[SG-5] keeps a peer that the room gave up until its link is gone', async () => {
    const house = new House();
    const ann = await joinHouseRoom(house, { name: 'Ann', call: true });
    const ben = house.client();
    await ben.join('Ben', { call: true });
    await house.advance(100);
    const host = ann.calls[0]?.host;
    host?.onStatus(ben.session, 'connected');
    ben.pair?.cut();
    await house.advance(60_000);
    expect(ann.room.getSnapshot().peers[0]).to.include({ state: 'reconnecting', lingering: true });
    expect(ann.calls[0]?.rosters.at(-1)?.peers).to.have.length(1);
    host?.onStatus(ben.session, 'failed');
    await house.settle();
    expect(namesOf(ann.room)).to.deep.equal([]);
    expect(ann.calls[0]?.rosters.at(-1)?.peers).to.have.length(0);
  });

  it('[SG-5] tells the call of its own new session after the grace', async () => {
    const { ann } = await whileAway(60_000, () => undefined);
    const [first, last] = [ann.calls[0]?.rosters[0]?.you, ann.calls[0]?.rosters.at(-1)?.you];
    expect(last?.session).to.be.a('string').and.not.equal(first?.session);
    expect(last?.user).to.equal(first?.user);
  });
});

describe('entering and leaving the call', () => {
  it('loads the call only when media is wanted', async () => {
    const { house, room, calls } = await joinHouseRoom();
    expect(calls).to.have.length(0);
    const entered = room.enterCall();
    await house.advance(100);
    await entered;
    expect(calls).to.have.length(1);
    expect(room.getSnapshot().you?.call).to.be.above(0);
  });

  it('uses devices in a lobby, and keeps them into the call', async () => {
    const { house, room, calls } = createHouseRoom(new House(), { call: true });
    await room.media.setCamera(true);
    const camera = room.media.getTrack('camera');
    expect(calls[0]?.published).to.deep.equal({ camera });
    const joined = room.join();
    await house.settle();
    await joined;
    expect(calls).to.have.length(1);
    expect(calls[0]?.published).to.deep.equal({ camera });
    expect(camera?.readyState).to.equal('live');
    await room.leave();
  });

  it('goes back to chat only, and may enter again', async () => {
    const { house } = await meet({ ann: { call: true } });
    const { room, calls } = await joinHouseRoom(house, { call: true });
    await room.media.setMicrophone(true);
    await house.advance(100);
    const left = room.leaveCall();
    await house.advance(100);
    await left;
    expect(calls[0]?.calls.at(-1)).to.equal('close');
    expect(room.getSnapshot().you).to.deep.include({
      call: 0,
      media: { ...FLAGS, microphone: false },
    });
    const again = room.enterCall();
    await house.advance(100);
    await again;
    expect(calls).to.have.length(2);
    expect(room.getSnapshot().you?.call).to.be.above(0);
  });

  it('ends waiting when the call is left in the same breath as it was entered, and the other way', async () => {
    const { house, room } = await joinHouseRoom();
    const entered = room.enterCall().catch((error: unknown) => (error as RtcError).code);
    // By then the room has been told; it gathers changes for a moment and sees no difference.
    await room.media.setCamera(false);
    const left = room.leaveCall();
    await house.advance(1_000);
    expect(await entered).to.equal('aborted');
    await left;
    const again = room.enterCall();
    await room.media.setCamera(false);
    await house.advance(1_000);
    await again;
    const leaving = room.leaveCall();
    const back = room.enterCall();
    await room.media.setCamera(false);
    await house.advance(1_000);
    await Promise.all([leaving, back]);
    expect(room.getSnapshot().you?.call).to.be.above(0);
  });

  it('makes no call when it is left while it loads', async () => {
    const { house, room, calls } = await joinHouseRoom();
    const entered = room.enterCall().catch((error: unknown) => (error as RtcError).code);
    await room.leaveCall();
    expect(await entered).to.equal('aborted');
    await house.advance(1_000);
    expect(calls).to.have.length(0);
    expect(room.getSnapshot().you?.call).to.equal(0);
  });

  it('[SG-1] hands the call what a peer says, even before the roster names the peer', async () => {
    const { house, room, calls } = await joinHouseRoom(new House(), { call: true });
    const ann = house.client();
    await ann.join('Ann', { call: true });
    const to = room.getSnapshot().you?.session ?? '';
    ann.send({ type: 'signal', to, epoch: 1, n: 0, candidates: [] });
    await house.settle();
    expect(calls[0]?.received).to.deep.equal([
      { type: 'signal', from: ann.session, epoch: 1, n: 0, candidates: [] },
    ]);
  });
});
