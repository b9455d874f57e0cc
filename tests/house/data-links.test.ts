// Links for data alone, between members of whom one or both are not in the call: real rooms and connections.
import { expect } from '@esm-bundle/chai';
import { CLIENT_CAPABILITIES, LINKS_DATA, type ServerMessage } from '@rtc-elements/protocol';

import {
  bytesOf,
  DataHouse,
  openOf,
  type Person,
  randomFile,
  transferOf,
} from '../support/house/data-house.js';

const SIZE = 300_000;
const MIB = 1_048_576;

const statusOf = ({ room }: Person, file: File): string | undefined =>
  transferOf(room, file.name)?.status;

const problemOf = ({ room }: Person, file: File): string | undefined =>
  transferOf(room, file.name)?.problem?.code;

/** What a person's browser has signalled, in one text. */
const sdpOf = ({ connections }: Person): string =>
  connections.map(({ localDescription }) => localDescription?.sdp ?? '').join('');

async function expectWhole(arriving: Promise<Uint8Array>, file: File): Promise<void> {
  const [arrived, sent] = [await arriving, await bytesOf(file)];
  expect(arrived.length).to.equal(sent.length);
  expect(arrived.every((byte, at) => byte === sent[at])).to.equal(true);
}

describe('links for data alone', () => {
  it('[DL-1] carry a file between two people who only chat, and nothing but data', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    expect(ann.connections.length + ben.connections.length).to.equal(0);
    const file = randomFile(SIZE);
    await expectWhole(house.pass(ann, ben, file), file);
    for (const person of [ann, ben]) {
      expect(openOf(person)).to.have.length(1);
      expect(sdpOf(person))
        .to.contain('m=application')
        .and.not.to.match(/m=(audio|video)/);
      expect(person.room.getSnapshot().peers[0]?.link.status).to.equal('none');
    }
    await house.close();
  });

  for (const [what, isAnnIn] of [
    ['from the call to somebody who only chats', true],
    ['from somebody who only chats into the call', false],
  ] as const) {
    it(`[DL-1] carry a file ${what}`, async () => {
      const house = new DataHouse();
      const { ann, ben } = await house.meet({ ann: { call: isAnnIn }, ben: { call: !isAnnIn } });
      const file = randomFile(SIZE);
      await expectWhole(house.pass(ann, ben, file), file);
      await house.close();
    });
  }

  it('[DL-1] carry a file to another tab of the same person', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet({ ann: { call: true }, ben: { identity: 'browser' } });
    const [other] = ann.room.getSnapshot().peers;
    expect(other?.user).to.equal(ann.room.getSnapshot().you?.user);
    const file = randomFile(SIZE);
    await expectWhole(house.pass(ann, ben, file), file);
    await house.close();
  });

  it('[DL-1] carry an action that is large, and what comes after it under the same name in order', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const heard: unknown[] = [];
    ben.room.data.action<{ n: number }>('a').onReceive(({ n }, { via }) => heard.push([n, via]));
    const action = ann.room.data.action('a');
    const small = action.send({ n: 0 });
    const large = action.send({ n: 1, text: 'x'.repeat(2 * MIB) });
    const after = action.send({ n: 2 });
    const sent = await house.during(Promise.all([small, large, after]));
    expect(sent.flat().map(({ via }) => via)).to.deep.equal(['room', 'peer', 'peer']);
    await house.until(() => heard.length === 3);
    expect(heard).to.deep.equal([
      [0, 'room'],
      [1, 'peer'],
      [2, 'peer'],
    ]);
    await house.close();
  });

  it('[DL-1] carry ephemeral values, both ways', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet({ ann: { call: true } });
    const [atAnn, atBen] = [ann.room.ephemeral('at'), ben.room.ephemeral('at')];
    atAnn.set({ x: 1 });
    await house.until(() => atBen.get(ann.session) !== null);
    atBen.set({ x: 2 });
    await house.until(() => atAnn.get(ben.session) !== null);
    expect([atBen.get(ann.session), atAnn.get(ben.session)]).to.deep.equal([{ x: 1 }, { x: 2 }]);
    expect(openOf(ben)).to.have.length(1);
    await house.close();
  });

  it('[DL-2] are one where both want one at once', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const [toBen, toAnn] = [randomFile(SIZE), randomFile(SIZE)];
    const release = house.holdSignals();
    const both = Promise.all([house.begin(ann, ben, toBen), house.begin(ben, ann, toAnn)]);
    await house.until(() => ann.connections.length > 0 && ben.connections.length > 0);
    await house.rest(1_000);
    release();
    await house.during(both);
    await expectWhole(house.arrival(ann, ben, toBen), toBen);
    await expectWhole(house.arrival(ben, ann, toAnn), toAnn);
    expect([openOf(ann).length, openOf(ben).length]).to.deep.equal([1, 1]);
    await house.close();
  });

  it('[DL-1] are never offered to an older client, and the sender knows at once', async () => {
    const house = new DataHouse();
    const ann = await house.enter('Ann');
    const old = house.house.client();
    const capabilities = CLIENT_CAPABILITIES.filter((name) => name !== LINKS_DATA);
    await old.join('Old', { capabilities });
    await house.until(() => ann.room.getSnapshot().peers.length === 1);
    const file = randomFile(SIZE);
    const offer = await house.during(ann.room.files.offer(file, { to: old.session }));
    const [done] = await house.during(offer.done);
    expect(done).to.include({ status: 'failed' });
    expect(done?.problem?.code).to.equal('unsupported');
    expect(old.all('signal')).to.deep.equal([]);
    // What can go through the room still does.
    const sent = await house.during(ann.room.data.action('a').send(1));
    expect(sent).to.deep.equal([{ session: old.session, via: 'room' }]);
    await house.close();
  });

  it('[DL-3] are declined for values by a page that uses none, before it has any code for them', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    ann.room.ephemeral('at').set(1);
    await house.until(() => ann.connections.length > 0);
    await house.until(() => openOf(ann).length === 0);
    expect(ben.connections).to.have.length(0);
    const values = ben.room.ephemeral('at');
    // She asks again a minute later.
    await house.rest(58_000);
    await house.until(() => values.get(ann.session) === 1);
    await house.close();
  });

  it('[DL-4] use relays alone where the privacy of the room says so', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet({ ann: { privacy: 'relay' } });
    const file = randomFile(SIZE);
    await house.during(ann.room.files.offer(file, { to: ben.session }));
    await house.until(() => statusOf(ann, file) === 'interrupted');
    expect(problemOf(ann, file)).to.equal('peer-unreachable');
    expect(ann.connections.length).to.be.greaterThan(0);
    for (const connection of ann.connections)
      expect(connection.getConfiguration().iceTransportPolicy).to.equal('relay');
    expect(sdpOf(ann)).not.to.contain('typ host').and.not.to.contain('typ srflx');
    expect(statusOf(ben, file)).to.equal(undefined);
    await house.close();
  });

  it('[DL-5] end with the stay of a peer, and another one of the same person goes on', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const file = randomFile(8 * MIB);
    const id = await house.begin(ann, ben, file);
    ben.room.files.pause(id);
    await house.during(ann.room.leave());
    await house.until(() => openOf(ben).length === 0 && openOf(ann).length === 0);
    expect(statusOf(ben, file)).to.equal('interrupted');
    expect(problemOf(ben, file)).to.equal('sender-gone');
    await house.during(ann.room.join());
    await house.during(ben.room.files.resume(id));
    await expectWhole(house.arrival(ann, ben, file), file);
    await house.close();
  });

  it('[DL-5] are closed to whoever a host removes', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const file = randomFile(SIZE);
    await expectWhole(house.pass(ann, ben, file), file);
    await house.during(ann.room.moderation.remove(ben.session));
    await house.until(() => openOf(ann).length === 0 && openOf(ben).length === 0);
    await house.close();
  });

  it('[DL-5] go on with what they carry when both enter the call meanwhile', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const file = randomFile(8 * MIB);
    const id = await house.begin(ann, ben, file);
    ben.room.files.pause(id);
    const seen: unknown[] = [];
    ben.room.files.subscribe(() => seen.push(statusOf(ben, file)));
    await house.during(Promise.all([ann.room.enterCall(), ben.room.enterCall()]));
    await house.until(() => ann.room.getSnapshot().peers[0]?.link.status === 'connected');
    await house.during(ben.room.files.resume(id));
    await expectWhole(house.arrival(ann, ben, file), file);
    expect(seen).not.to.include('interrupted').and.not.to.include('waiting');
    // The call's own link carries what comes after the other one was closed.
    await house.rest();
    await house.until(() => openOf(ann).length === 1 && openOf(ben).length === 1);
    const later = randomFile(SIZE);
    await expectWhole(house.pass(ben, ann, later), later);
    await house.close();
  });

  it('[DL-6] are closed when nothing has passed for a minute, and made again', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const file = randomFile(SIZE);
    await expectWhole(house.pass(ann, ben, file), file);
    await house.rest();
    await house.until(() => openOf(ann).length === 0 && openOf(ben).length === 0);
    const again = randomFile(SIZE);
    await expectWhole(house.pass(ben, ann, again), again);
    expect([ann.connections.length, ben.connections.length]).to.deep.equal([2, 2]);
    await house.close();
  });

  it('[DL-6] stay for an offer that waits for an answer, and for a value', async () => {
    const house = new DataHouse();
    const { ann, ben } = await house.meet();
    const values = ben.room.ephemeral('at');
    ann.room.ephemeral('at').set(1);
    await house.until(() => values.get(ann.session) === 1);
    await house.rest();
    expect(values.get(ann.session)).to.equal(1);
    const file = randomFile(SIZE);
    await house.during(ann.room.files.offer(file, { to: ben.session }));
    await house.until(() => statusOf(ben, file) === 'offered');
    ann.room.ephemeral('at').set(null);
    await house.rest();
    expect(statusOf(ben, file)).to.equal('offered');
    expect([ann.connections.length, openOf(ann).length]).to.deep.equal([1, 1]);
    await house.close();
  });
});

describe('signals of links for data', () => {
  const offer = { type: 'offer', sdp: 'v=0' } as const;

  async function setUp() {
    const { house } = new DataHouse();
    const [ann, ben, old] = [house.client(), house.client(), house.client()];
    await ann.join('Ann', { capabilities: CLIENT_CAPABILITIES });
    await ben.join('Ben', { capabilities: CLIENT_CAPABILITIES });
    await old.join('Old');
    await house.advance(100);
    const send = async (to: string): Promise<void> => {
      ann.send({ type: 'signal', to, epoch: 2, n: 0, description: offer, link: 'files' });
      await house.settle();
    };
    return { ann, ben, old, send };
  }

  it('[DL-1] reach a client that has announced that it takes them', async () => {
    const { ann, ben, send } = await setUp();
    expect(ann.last('welcome').features).to.include(LINKS_DATA);
    await send(ben.session);
    const signal: ServerMessage = {
      type: 'signal',
      from: ann.session,
      epoch: 2,
      n: 0,
      description: offer,
      link: 'files',
    };
    expect(ben.all('signal')).to.deep.equal([signal]);
  });

  it('[DL-1] are refused for one that has not, by its session', async () => {
    const { ann, old, send } = await setUp();
    await send(old.session);
    expect(ann.last('error')).to.include({ code: 'unsupported', ref: old.session });
    expect(old.all('signal')).to.deep.equal([]);
    await send('nobody');
    expect(ann.last('error')).to.include({ code: 'peer-gone', ref: 'nobody' });
  });
});
