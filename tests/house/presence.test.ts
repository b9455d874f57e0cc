import { expect } from '@esm-bundle/chai';
import { CLOSE, HEARTBEAT, type PresenceMessage, TIMES } from '@rtc-elements/protocol';

import type { RawClient } from '../support/house/raw-client.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

/** The roster as a client keeps it: welcome, then every delta; throws at a gap. */
function rosterOf(client: RawClient): Map<string, string> {
  const welcome = client.last('welcome');
  const roster = new Map(welcome.peers.map(({ session, state }) => [session, state as string]));
  roster.set(welcome.session, welcome.you.state);
  let { seq } = welcome;
  for (const delta of client.all('presence')) {
    if (delta.seq <= welcome.seq) continue;
    if (delta.seq !== seq + 1) throw new Error(`gap: ${delta.seq} after ${seq}`);
    seq = delta.seq;
    applyDelta(roster, delta);
  }
  return roster;
}

function applyDelta(roster: Map<string, string>, { joined, changed, left }: PresenceMessage): void {
  for (const { session, state } of joined ?? []) {
    if (roster.has(session)) throw new Error(`${session} joined twice`);
    roster.set(session, state);
  }
  for (const { session, state } of changed ?? []) if (state) roster.set(session, state);
  for (const { session } of left ?? []) {
    if (!roster.delete(session)) throw new Error(`${session} left without being here`);
  }
}

describe('presence', () => {
  it('[PR-1] tells changes of name, state, media, hand and metadata, and only what changed', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session } = await ben.join('Ben');
    await house.advance(100);
    const media = { microphone: true, camera: true, screen: false };
    ben.send({
      type: 'presence.set',
      name: 'Benjamin',
      state: 'away',
      media,
      hand: true,
      meta: { x: 1 },
    });
    await house.settle();
    const expected = {
      session,
      name: 'Benjamin',
      state: 'away',
      media,
      hand: true,
      meta: { x: 1 },
    };
    expect(ann.last('presence').changed).to.deep.equal([expected]);
    expect(ben.last('presence').changed).to.deep.equal([expected]);
    const count = ann.all('presence').length;
    ben.send({ type: 'presence.set', name: 'Benjamin', hand: true });
    await house.advance(100);
    expect(ann.all('presence')).to.have.length(count);
  });

  it('[PR-1] numbers the call in the order of entering, never twice, also after sleep and crash', async () => {
    const house = new House();
    const [ann, ben] = [house.client(), house.client()];
    const one = (await ann.join('Ann', { call: true })).you.call;
    const none = (await ben.join('Ben')).you.call;
    ben.send({ type: 'presence.set', call: true });
    await house.advance(100);
    const two = ann.last('presence').changed?.[0]?.call;
    ben.send({ type: 'presence.set', call: false });
    await house.hibernate();
    ben.send({ type: 'presence.set', call: true });
    await house.advance(100);
    const three = ann.last('presence').changed?.[0]?.call;
    await house.kill();
    const four = (await house.client().join('Cem', { call: true })).you.call;
    expect([one, none, two, three, four]).to.deep.equal([1, 0, 2, 3, 4]);
  });

  it('[PR-2] tells a lone change at once and gathers what follows for 50 ms', async () => {
    const { house, ann, ben } = await meet({ ann: {}, ben: {} });
    await house.advance(100);
    ann.clear();
    ben.send({ type: 'presence.set', hand: true });
    await house.settle();
    expect(ann.all('presence')).to.have.length(1);
    ben.send({ type: 'presence.set', hand: false }).send({ type: 'presence.set', name: 'Benno' });
    await house.settle();
    expect(ann.all('presence')).to.have.length(1);
    await house.advance(TIMES.presenceFlushMs);
    expect(ann.all('presence')).to.have.length(2);
    expect(ann.last('presence').changed?.[0]).to.include({ hand: false, name: 'Benno' });
  });

  it('[PR-2] costs each member tens of frames for a burst of 99 joins, without a gap for anybody', async () => {
    const { house, witness } = await meet({ witness: {} });
    await house.advance(100);
    witness.clear();
    const crowd: RawClient[] = [];
    for (let index = 0; index < 99; index += 1) {
      const client = house.client();
      crowd.push(client);
      await client.join(`Guest ${index}`);
      await house.advance(5);
    }
    await house.advance(100);
    const frames = witness.all('presence');
    expect(frames.flatMap(({ joined }) => joined ?? [])).to.have.length(99);
    expect(frames.length).to.be.below(20);
    for (const client of crowd) expect(rosterOf(client).size).to.equal(100);
  });

  it('[PR-2] tells a newcomer nothing twice, and leaves no gap in its numbers', async () => {
    const { house, ann } = await meet({ ann: {} });
    await house.advance(100);
    const guests: RawClient[] = [];
    for (let index = 0; index < 4; index += 1) {
      guests.push(house.client());
      await guests[index]?.join(`Guest ${index}`);
      guests[index - 1]?.close();
      await house.settle();
    }
    ann.send({ type: 'presence.set', hand: true });
    await house.advance(100);
    const last = guests.at(-1);
    if (!last) throw new Error('no guest');
    expect([...rosterOf(last).keys()].sort()).to.deep.equal([ann.session, last.session].sort());
    expect([...rosterOf(ann).keys()].sort()).to.deep.equal([ann.session, last.session].sort());
  });

  it('[PR-2] answers roster.get with everybody, under a number from which deltas go on', async () => {
    const { house, ann, ben } = await meet({ ann: {}, ben: {} });
    ann.send({ type: 'roster.get' });
    await house.settle();
    const { seq, peers } = ann.last('roster');
    expect(peers.map(({ name }) => name)).to.deep.equal(['Ann', 'Ben']);
    ann.clear();
    ben.send({ type: 'presence.set', hand: true });
    await house.advance(100);
    expect(ann.all('presence')[0]?.seq).to.equal(seq + 1);
  });

  it('[PR-2] counts on after sleep', async () => {
    const { house, ann, ben } = await meet({ ann: {}, ben: {} });
    await house.advance(100);
    await house.hibernate();
    ben.send({ type: 'presence.set', hand: true });
    await house.advance(100);
    expect(rosterOf(ann).size).to.equal(2);
    expect(ann.last('presence').changed?.[0]?.hand).to.equal(true);
    expect((await house.client().join('Cem')).peers.map(({ hand }) => hand)).to.deep.equal([
      false,
      true,
    ]);
  });

  for (const [how, code] of [
    ['a close with 1000', 1000],
    ['a close with 1001', 1001],
  ] as const) {
    it(`[PR-1] tells of a leave at once after ${how}`, async () => {
      const { house, ann } = await meet({ ann: {} });
      const ben = house.client();
      const { session } = await ben.join('Ben');
      await house.advance(100);
      ben.close(code);
      await house.settle();
      expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'left' }]);
    });
  }

  it('[PR-1] tells of a leave at once after the word, and closes with 1000', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session } = await ben.join('Ben');
    await house.advance(100);
    ben.send({ type: 'leave' });
    await house.settle();
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'left' }]);
    expect(ben.closed?.code).to.equal(1000);
  });

  it('[PR-1] takes a clean close for a leave also when it woke the room', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session } = await ben.join('Ben');
    await house.advance(100);
    // The runtime no longer lists a socket that is closing when it wakes the room to tell of it.
    const closing = house.pairs.pop();
    await house.hibernate();
    if (closing) await house.room.closed(closing, 1001);
    await house.settle();
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'left' }]);
  });

  it('[PR-3] sweeps a session that was silent for 44 s, and closes its socket with 4408', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session } = await ben.join('Ben');
    for (let waited = 0; waited < TIMES.silentMs; waited += 15_000) {
      ann.sendRaw(HEARTBEAT);
      await house.advance(15_000);
    }
    expect(ben.closed?.code).to.equal(CLOSE.idle);
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'lost' }]);
    expect(ann.closed).to.equal(null);
    expect(ann.last('pong')).to.deep.equal({ type: 'pong' });
  });

  it('[PR-3] keeps a session that only talks, also across sleep', async () => {
    const { house, ann } = await meet({ ann: {} });
    for (let turn = 0; turn < 8; turn += 1) {
      await house.advance(20_000);
      ann.send({ type: 'typing', on: turn % 2 === 0 });
      await house.hibernate();
    }
    expect(ann.closed).to.equal(null);
  });

  it('[PR-1] tells a lobby how many are here and the first names', async () => {
    const house = new House();
    for (let index = 0; index < 10; index += 1) await house.client().join(`Guest ${index}`);
    const { count, names } = (await house.request('GET', 'people')).body;
    expect(count).to.equal(10);
    expect(names).to.deep.equal(Array.from({ length: 8 }, (_, index) => `Guest ${index}`));
  });
});
