import { expect } from '@esm-bundle/chai';
import { CLOSE, encode, HEARTBEAT, LIMITS, TIMES } from '@rtc-elements/protocol';

import { helloOf, keyOf } from '../support/house/raw-client.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';

const names = (entries: readonly { readonly name: string }[]): string[] =>
  entries.map(({ name }) => name);

const offer = (sdp: string) => ({
  description: { type: 'offer', sdp } as const,
  sources: { '0': 'microphone' } as const,
});

describe('entering a room', () => {
  it('[EN-3] answers hello with a welcome that holds the session, the roster and the chat', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    await ann.say('first');
    const welcome = await ben.join('Ben');
    expect(names(welcome.peers)).to.deep.equal(['Ann']);
    expect(welcome.you.name).to.equal('Ben');
    expect(welcome.chat.messages.map(({ text }) => text)).to.deep.equal(['first']);
    expect(welcome.room).to.equal(house.name);
    expect(names(ann.last('presence').joined ?? [])).to.deep.equal(['Ben']);
    expect(house.warnings).to.deep.equal([]);
  });

  it('[EN-3] refuses anything before hello, says why, and closes with 4400', async () => {
    const house = new House();
    const early = house.client().open().send({ type: 'roster.get' });
    await house.settle();
    expect(early.last('error').code).to.equal('out-of-order');
    expect(early.closed?.code).to.equal(CLOSE.badMessage);
  });

  it('[EN-3] closes a socket that never says hello with 4408', async () => {
    const house = new House();
    const silent = house.client().open();
    await house.advance(TIMES.helloMs - 1);
    expect(silent.closed).to.equal(null);
    await house.advance(1);
    expect(silent.closed?.code).to.equal(CLOSE.idle);
  });

  it('[EN-3] [EN-10] closes one with 4408 whose request said something else, and sets no alarm for others', async () => {
    const house = new House();
    const alarms: number[] = [];
    const setAlarm = house.store.setAlarm.bind(house.store);
    house.store.setAlarm = (at) => {
      alarms.push(at - house.clock.now());
      setAlarm(at);
    };
    const hello = encode(helloOf('Ann'));
    house.connect({ hello, onFrame: () => undefined, onClose: () => undefined });
    await house.settle();
    expect(alarms, 'each is a write').to.deep.equal([TIMES.silentMs]);
    const codes: number[] = [];
    const onClose = (code: number): void => void codes.push(code);
    house.connect({ hello: HEARTBEAT, onFrame: () => undefined, onClose });
    await house.advance(TIMES.helloMs - 1);
    expect(codes).to.deep.equal([]);
    await house.advance(1);
    expect(codes).to.deep.equal([CLOSE.idle]);
  });

  it('[EN-3] refuses a second hello and goes on serving', async () => {
    const { house, ann } = await meet({ ann: {} });
    ann.send(helloOf('Ann'));
    await house.settle();
    expect(ann.last('error').code).to.equal('out-of-order');
    ann.send({ type: 'roster.get' });
    await house.settle();
    expect(names(ann.last('roster').peers)).to.deep.equal(['Ann']);
  });

  it('[EN-4] tells a client of another version so, and closes with 4400', async () => {
    const house = new House();
    const old = house
      .client()
      .open()
      .send(helloOf('Old', { protocol: 99 }));
    await house.settle();
    expect(old.last('error').code).to.equal('bad-version');
    expect(old.closed?.code).to.equal(CLOSE.badMessage);
  });

  it('[EN-5] gives a session back within the grace, and nobody sees a leave', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session } = await ben.join('Ben');
    ann.clear();
    ben.pair?.cut();
    await house.advance(TIMES.resumeGraceMs - 1);
    const again = await ben.join('Ben', { resume: session });
    await house.advance(100);
    expect(again.resumed).to.equal(true);
    expect(again.session).to.equal(session);
    const presence = ann.all('presence');
    expect(presence.flatMap(({ left }) => left ?? [])).to.deep.equal([]);
    expect(
      presence.flatMap(({ changed }) => changed ?? []).map(({ state }) => state),
    ).to.deep.equal(['reconnecting', 'active']);
  });

  it('[EN-5] closes the old socket with 4409 when its session is resumed while it still seems open', async () => {
    const house = new House();
    const ann = house.client();
    const { session } = await ann.join('Ann');
    const again = house.client();
    const welcome = await again.join('Ann', { resume: session });
    expect(welcome.resumed).to.equal(true);
    expect(ann.closed?.code).to.equal(CLOSE.replaced);
    again.send({ type: 'roster.get' });
    await house.settle();
    expect(again.last('roster').peers).to.have.length(1);
  });

  it('[EN-5] makes a new session after the grace', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session } = await ben.join('Ben');
    ben.pair?.cut();
    await house.advance(TIMES.resumeGraceMs);
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'lost' }]);
    const again = await ben.join('Ben', { resume: session });
    expect(again.resumed).to.equal(false);
    expect(again.session).not.to.equal(session);
    expect(again.you.user).to.equal(ben.all('welcome')[0]?.you.user);
  });

  it("[EN-5] does not give one user's session to another", async () => {
    const house = new House();
    const ann = house.client();
    const { session } = await ann.join('Ann');
    const thief = house.client();
    const welcome = await thief.join('Thief', { resume: session });
    expect(welcome.resumed).to.equal(false);
    expect(welcome.session).not.to.equal(session);
    expect(ann.closed).to.equal(null);
  });

  it('[EN-5] applies what changed while the socket was broken', async () => {
    const { house, ann } = await meet({ ann: {} });
    const ben = house.client();
    const { session, you } = await ben.join('Ben', { call: true });
    ben.pair?.cut();
    const media = { microphone: true, camera: false, screen: false };
    const again = await ben.join('Ben', { resume: session, call: true, media });
    await house.advance(100);
    expect(again.you.call).to.equal(you.call);
    expect(ann.last('presence').changed).to.deep.equal([{ session, state: 'active', media }]);
  });

  it('[EN-5] resumes sessions after the process was killed, and sweeps those who stay away', async () => {
    const house = new House();
    const ann = house.client();
    const ben = house.client();
    const { session } = await ann.join('Ann', { call: true });
    const gone = await ben.join('Ben');
    await house.kill();
    const again = await ann.join('Ann', { resume: session, call: true });
    expect(again.resumed).to.equal(true);
    expect(again.peers.map(({ state }) => state)).to.deep.equal(['reconnecting']);
    await house.advance(TIMES.resumeGraceMs);
    expect(ann.last('presence').left).to.deep.equal([{ session: gone.session, reason: 'lost' }]);
  });

  it('[EN-6] hands each early offer to one of the first in the call, after its presence', async () => {
    const house = new House();
    const [ann, ben, cem, chatter] = [
      house.client(),
      house.client(),
      house.client(),
      house.client(),
    ];
    await ann.join('Ann', { call: true });
    await chatter.join('Chatter');
    await ben.join('Ben', { call: true });
    await house.advance(100);
    for (const client of [ann, ben, chatter]) client.clear();
    const welcome = await cem.join('Cem', { call: true, offers: [offer('one'), offer('two')] });
    expect(welcome.offers).to.deep.equal([ann.pair?.note.session, ben.pair?.note.session]);
    expect(ann.heard.map(({ type }) => type)).to.deep.equal(['presence', 'signal']);
    const { from, epoch, n, description, sources } = ann.last('signal');
    expect({ from, epoch, n }).to.deep.equal({ from: welcome.session, epoch: 1, n: 0 });
    expect(description).to.deep.equal({ type: 'offer', sdp: 'one' });
    expect(sources).to.deep.equal({ '0': 'microphone' });
    expect(ben.last('signal').description?.sdp).to.equal('two');
    expect(chatter.all('signal')).to.deep.equal([]);
  });

  it('[TX-2] refuses somebody whose name shows nothing, and says so', async () => {
    const { house } = await meet({ ann: {} });
    const stranger = house.client().open().send(helloOf('\u3164'));
    await house.settle();
    expect(stranger.last('error').code).to.equal('bad-shape');
    expect(stranger.last('error').detail).to.contain('hello.name');
    expect(stranger.closed?.code).to.equal(4400);
  });

  it('[EN-6] names nobody for an offer that nobody can take', async () => {
    const { house, ann } = await meet({ ann: { call: true } });
    const ben = house.client();
    const offers = [offer('one'), offer('two')];
    expect((await ben.join('Ben', { call: true, offers })).offers).to.deep.equal([
      ann.pair?.note.session,
      null,
    ]);
    const chatter = await house.client().join('Chatter', { call: false, offers });
    expect(chatter.offers).to.deep.equal([null, null]);
    const again = await house.client().join('Ben', { call: true, offers, resume: ben.session });
    expect(again.offers).to.deep.equal([null, null]);
  });

  it('[LI-2] refuses one more than the members of a room with room-full and 4503', async () => {
    const house = new House({ limits: { members: 2 } });
    await house.client().join('Ann');
    const ben = house.client();
    await ben.join('Ben');
    const cem = house.client().open().send(helloOf('Cem'));
    await house.settle();
    expect(cem.last('error').code).to.equal('room-full');
    expect(cem.closed?.code).to.equal(CLOSE.retryLater);
    ben.close();
    await house.settle();
    expect((await cem.join('Cem')).peers).to.have.length(1);
  });

  it('[LI-3] refuses a fifth connection of one user with room-full and 4403', async () => {
    const house = new House();
    for (let tab = 0; tab < LIMITS.connectionsPerUser; tab += 1) await house.client().join('Ann');
    const fifth = house.client().open().send(helloOf('Ann'));
    await house.settle();
    expect(fifth.last('error').code).to.equal('room-full');
    expect(fifth.closed?.code).to.equal(CLOSE.forbidden);
    expect((await house.client().join('Ben')).peers).to.have.length(4);
  });

  it('[LI-3] lets a session whose socket broke make way for a new one of the same user', async () => {
    const house = new House();
    const ann = house.client();
    await ann.join('Witness');
    const first = house.client();
    const { session } = await first.join('Ben');
    for (let tab = 1; tab < LIMITS.connectionsPerUser; tab += 1) await house.client().join('Ben');
    first.pair?.cut();
    await house.client().join('Ben');
    await house.advance(100);
    expect(ann.last('presence').left).to.deep.equal([{ session, reason: 'replaced' }]);
  });

  it('[LI-5] refuses a burst of joins from one known address with 4503', async () => {
    const house = new House();
    const clients = Array.from({ length: LIMITS.joinBurst + 1 }, () =>
      house.client().open('192.0.2.1'),
    );
    const other = house.client().open('192.0.2.2');
    await house.settle();
    expect(clients.filter(({ closed }) => closed?.code === CLOSE.retryLater)).to.have.length(1);
    expect(other.closed).to.equal(null);
    for (const one of clients) one.close();
    await house.advance(1_000);
    const later = house.client().open('192.0.2.1');
    await house.settle();
    expect(later.closed).to.equal(null);
  });

  it('[EN-3] derives one user from one key, and tells the key to nobody', async () => {
    const house = new House();
    const [ann, twin, ben] = [house.client(), house.client(), house.client()];
    const first = await ann.join('Ann');
    const second = await twin.join('Ann');
    const third = await ben.join('Ben');
    expect(second.you.user).to.equal(first.you.user);
    expect(third.you.user).not.to.equal(first.you.user);
    expect(JSON.stringify([...ann.heard, ...ben.heard, ...house.store.entries])).not.to.contain(
      keyOf('Ann'),
    );
  });
});
