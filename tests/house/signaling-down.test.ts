// The state of a room stays true for whoever loses the socket (faults 41 to 45).
import { expect } from '@esm-bundle/chai';

import { HOUSE_RETRY_MS, House } from '../support/house/house.js';
import { createHouseRoom, type HouseRoom, namesOf } from '../support/house/house-room.js';

const LOUD = { microphone: true, camera: true, screen: false };
const MUTED = { ...LOUD, microphone: false };

/** Longer than a session can be resumed for, the sweep that ends it included. */
const PAST_GRACE_MS = 40_000;

interface Story {
  readonly house: House;
  readonly aisha: HouseRoom;
  readonly ben: HouseRoom;
  /** Aisha loses her socket, and gets no other. */
  cut(): Promise<void>;
  /** Her next try comes through, and has gone round. */
  restore(): Promise<void>;
}

/** Aisha and Ben are in the call, both with microphone and camera on. */
async function begin(): Promise<Story> {
  const house = new House();
  let isCut = false;
  const aisha = createHouseRoom(house, {
    name: 'Aisha',
    call: true,
    ports: {
      clock: house.clock,
      // Only her tries fail: the house stays in reach of the others.
      openSocket: (getTarget, handlers) =>
        house.openSocket(() => {
          if (isCut) throw new Error('the network is down');
          return getTarget();
        }, handlers),
    },
  });
  const joined = aisha.room.join();
  await house.settle();
  await joined;
  const [socket] = house.pairs;
  const ben = createHouseRoom(house, { name: 'Ben', call: true });
  const benJoined = ben.room.join();
  await house.settle();
  await benJoined;
  for (const { room } of [aisha, ben]) {
    await Promise.all([room.media.setMicrophone(true), room.media.setCamera(true)]);
  }
  await house.advance(100);
  return {
    house,
    aisha,
    ben,
    cut: async () => {
      isCut = true;
      socket?.cut();
      await house.settle();
      expect(aisha.room.getSnapshot().connection).to.equal('reconnecting');
    },
    restore: async () => {
      isCut = false;
      await house.advance(HOUSE_RETRY_MS);
      expect(aisha.room.getSnapshot().connection).to.equal('connected');
      await house.advance(100);
    },
  };
}

/** What `viewer` sees of the others' media. */
const mediaOf = ({ room }: HouseRoom): unknown =>
  room.getSnapshot().peers.map(({ name, media }) => ({ name, media }));

describe('a client whose socket is down', () => {
  it('[PR-1] sees after coming back who muted meanwhile (41)', async () => {
    const { house, aisha, ben, cut, restore } = await begin();
    expect(mediaOf(aisha)).to.deep.equal([{ name: 'Ben', media: LOUD }]);
    await cut();
    await ben.room.media.setMicrophone(false);
    await house.advance(5_000);
    expect(mediaOf(aisha)).to.deep.equal([{ name: 'Ben', media: LOUD }]);
    await restore();
    expect(mediaOf(aisha)).to.deep.equal([{ name: 'Ben', media: MUTED }]);
  });

  it('[PR-1] is seen muted after coming back when it muted meanwhile (42)', async () => {
    const { house, aisha, ben, cut, restore } = await begin();
    await cut();
    await aisha.room.media.setMicrophone(false);
    await house.advance(5_000);
    expect(mediaOf(ben)).to.deep.equal([{ name: 'Aisha', media: LOUD }]);
    await restore();
    expect(mediaOf(ben)).to.deep.equal([{ name: 'Aisha', media: MUTED }]);
  });

  it('[EN-5] loses after coming back whoever left meanwhile (43)', async () => {
    const { house, aisha, ben, cut, restore } = await begin();
    const left: string[] = [];
    aisha.room.addEventListener('peer-leave', ({ peer }) => left.push(peer.name));
    await cut();
    await ben.room.leave();
    await house.advance(5_000);
    expect(namesOf(aisha.room)).to.deep.equal(['Ben']);
    await restore();
    expect(namesOf(aisha.room)).to.deep.equal([]);
    expect(left).to.deep.equal(['Ben']);
    expect(aisha.calls[0]?.rosters.at(-1)?.peers).to.deep.equal([]);
  });

  it('[EN-5] links after coming back to whoever joined meanwhile (44)', async () => {
    const { house, aisha, cut, restore } = await begin();
    await cut();
    const carol = createHouseRoom(house, { name: 'Carol', call: true });
    const joined = carol.room.join();
    await house.advance(5_000);
    await joined;
    expect(namesOf(carol.room)).to.deep.equal(['Aisha', 'Ben']);
    expect(namesOf(aisha.room)).to.deep.equal(['Ben']);
    await restore();
    expect(namesOf(aisha.room)).to.deep.equal(['Ben', 'Carol']);
    // The call is told, by the numbers that say who offers to whom.
    const { you, peers = [] } = aisha.calls[0]?.rosters.at(-1) ?? {};
    const theirs = peers.find(({ name }) => name === 'Carol')?.call ?? 0;
    expect(theirs).to.be.above(you?.call ?? Infinity);
  });

  it('[EN-5] comes back as the same user in a new session after the grace (45)', async () => {
    const { house, aisha, ben, cut, restore } = await begin();
    const { session, user } = aisha.room.getSnapshot().you ?? {};
    const told: string[] = [];
    ben.room.addEventListener('peer-leave', ({ peer }) => told.push(`${peer.name} left`));
    ben.room.addEventListener('peer-join', ({ peer }) => told.push(`${peer.name} joined`));
    await cut();
    await house.advance(PAST_GRACE_MS);
    expect(namesOf(ben.room)).to.deep.equal([]);
    await restore();
    expect(namesOf(ben.room)).to.deep.equal(['Aisha']);
    expect(told).to.deep.equal(['Aisha left', 'Aisha joined']);
    expect(aisha.room.getSnapshot().you?.session).to.not.equal(session);
    expect(aisha.room.getSnapshot().you?.user).to.equal(user);
    // One and the same call, so devices and their tracks are held throughout.
    expect(aisha.calls).to.have.length(1);
    expect(mediaOf(ben)).to.deep.equal([{ name: 'Aisha', media: LOUD }]);
  });
});
