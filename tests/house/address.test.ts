// What one network address, or one user, can take of a room (LI-5), and who waits for a locked one (MO-3).
import { expect } from '@esm-bundle/chai';
import { ADDRESS_LIMITS, CLOSE, LIMITS, TIMES } from '@rtc-elements/protocol';

import type { Identity } from '../../party/src/rules/admit.js';
import { House } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';
import { helloOf, type RawClient } from '../support/house/raw-client.js';

const HOME = 'home';
const OFFICE = 'office';

/** Joins from an address. The client was refused if it is closed. */
async function joinFrom(
  house: House,
  address: string,
  who: string,
  changes: Parameters<typeof helloOf>[1] = {},
  identity: Identity | null = null,
): Promise<RawClient> {
  const client = house.client();
  if (identity) client.as(identity);
  client.open(address).send(helloOf(who, changes));
  // Within the rate of LI-5.
  await house.advance(250);
  return client;
}

const isIn = (client: RawClient): boolean =>
  client.closed === null && client.all('welcome').length > 0;

describe('a room whose people come from few addresses', () => {
  it('[LI-5] is not filled by one, and has places for the others', async () => {
    const house = new House({ limits: { members: 10 }, membersPerAddress: 6 });
    const keys = Array.from({ length: 10 }, (_, index) => `P${index}`);
    const clients: RawClient[] = [];
    for (const key of keys) clients.push(await joinFrom(house, HOME, key));
    expect(clients.filter(isIn)).to.have.length(6);
    const refused = clients.at(-1);
    expect(refused?.last('error')).to.include({ code: 'room-full' });
    expect(refused?.closed?.code).to.equal(CLOSE.retryLater);
    for (const who of ['Ann', 'Ben', 'Cem']) {
      expect(isIn(await joinFrom(house, OFFICE, who)), who).to.equal(true);
    }
    clients[0]?.close();
    await house.settle();
    expect(isIn(await joinFrom(house, HOME, 'P9')), 'a place became free').to.equal(true);
  });

  it('[LI-5] counts sessions that wait for their socket, and lets them resume', async () => {
    const house = new House({ limits: { members: 10 }, membersPerAddress: 2 });
    const [ann, ben] = [await joinFrom(house, HOME, 'Ann'), await joinFrom(house, HOME, 'Ben')];
    ann.pair?.cut();
    await house.hibernate();
    expect(isIn(await joinFrom(house, HOME, 'Cem'))).to.equal(false);
    const again = await joinFrom(house, HOME, 'Ann', { resume: ann.session });
    expect(again.last('welcome').resumed).to.equal(true);
    expect(isIn(ben)).to.equal(true);
    // Elsewhere it is the same session, and no longer counts here.
    again.pair?.cut();
    await joinFrom(house, OFFICE, 'Ann', { resume: ann.session });
    expect(isIn(await joinFrom(house, HOME, 'Cem'))).to.equal(true);
  });

  it('[LI-5] does not count whom a token names, and tells nobody an address', async () => {
    const house = new House({ asksForTokens: true, membersPerAddress: 2 });
    const clients: RawClient[] = [];
    for (let index = 0; index < 30; index += 1) {
      const user = `user-${index}`;
      const identity = { user, role: 'speaker', name: null, can: null } as const;
      const client = house.client().as(identity).open(HOME).send(helloOf(user));
      await house.settle();
      clients.push(client);
    }
    expect(clients.filter(isIn), 'nor their sockets').to.have.length(30);
    const open = new House();
    const ann = await joinFrom(open, HOME, 'Ann');
    await joinFrom(open, HOME, 'Ben');
    expect(JSON.stringify(ann.heard)).not.to.contain(HOME);
  });

  it('[LI-5] has 20 sockets that have not joined from one, those included that it closes', async () => {
    const house = new House({ limits: { members: 50 } });
    const mute: RawClient[] = [];
    for (let index = 0; index < 205; index += 1) {
      const client = house.client().open(HOME);
      // The close frame of the room does not arrive, as nobody reads.
      client.pair?.toClient.hold();
      mute.push(client);
      await house.advance(200);
    }
    // Each of them counts until it is gone, whatever the room has said to it.
    const status = await house.request('GET', 'status');
    expect(status.body['sockets']).to.be.at.most(ADDRESS_LIMITS.pendingSockets);
    const late = house.client().open(HOME);
    await house.settle();
    expect(late.closed?.code).to.equal(CLOSE.retryLater);
    expect(late.last('error')).to.include({ code: 'rate-limited' });
    // More of them than there may be sockets in all, and no harm to anybody else.
    expect(isIn(await joinFrom(house, OFFICE, 'Ann'))).to.equal(true);
    for (const { pair } of mute) pair?.cut();
    await house.advance(5_000);
    expect(isIn(await joinFrom(house, HOME, 'Ben'))).to.equal(true);
  });

  it('[LI-5] counts a user whom a token names by that, wherever they are', async () => {
    const house = new House({ asksForTokens: true });
    const open = (user: string, address: string): RawClient =>
      house.client().as({ user, role: 'speaker', name: null, can: null }).open(address);
    const clients = Array.from({ length: LIMITS.joinBurst + 1 }, (_, index) =>
      open('ann', `address-${index}`),
    );
    const ben = open('ben', 'address-0');
    await house.settle();
    expect(clients.filter(({ closed }) => closed !== null)).to.have.length(1);
    expect(clients.at(-1)?.last('error').retryAfterMs).to.equal(200);
    expect(ben.closed).to.equal(null);
  });
});

describe('the waiting room', () => {
  async function lockedRoom() {
    const made = await meet({ host: {} });
    await made.host.ask({ type: 'moderate', action: 'lock', on: true });
    const waiting = (): readonly string[] =>
      (made.host.last('access').waiting ?? []).map(({ name }) => name);
    return { ...made, waiting };
  }
  const knock = (house: House, address: string, who: string, name = who): Promise<RawClient> =>
    joinFrom(house, address, who, { knock: true, name });

  it('[MO-3] has one place for a user, who keeps it with another socket', async () => {
    const { house, host, waiting } = await lockedRoom();
    const first = await knock(house, HOME, 'Cem');
    const dan = await knock(house, OFFICE, 'Dan');
    await house.advance(2_000);
    const again = await knock(house, HOME, 'Cem', 'Cem 2');
    expect(first.closed?.code).to.equal(CLOSE.replaced);
    expect(waiting()).to.deep.equal(['Cem 2', 'Dan']);
    await house.hibernate();
    const [entry] = host.last('access').waiting ?? [];
    await host.ask({ type: 'moderate', action: 'admit', session: entry?.session ?? '' });
    expect(isIn(again)).to.equal(true);
    expect(waiting()).to.deep.equal(['Dan']);
    expect(dan.closed).to.equal(null);
  });

  it('[MO-3] is not kept from its end by who knocks again', async () => {
    const { house, host } = await lockedRoom();
    await knock(house, HOME, 'Cem');
    let last: RawClient | null = null;
    for (let waitedMs = 0; waitedMs < TIMES.knockMs - 30_000; waitedMs += 30_000) {
      await house.advance(29_750);
      host.sendRaw('{"type":"ping"}');
      last = await knock(house, HOME, 'Cem');
      expect(last.closed).to.equal(null);
    }
    host.sendRaw('{"type":"ping"}');
    await house.advance(40_000);
    expect(last?.closed?.code).to.equal(CLOSE.locked);
  });

  it('[MO-3] has eight places for an address, and the others for others', async () => {
    const { house, waiting } = await lockedRoom();
    const crowd: RawClient[] = [];
    for (let index = 0; index < LIMITS.waiting; index += 1) {
      crowd.push(await knock(house, HOME, `P${index}`));
      await house.advance(1_000);
    }
    expect(waiting()).to.have.length(ADDRESS_LIMITS.waiting);
    expect(crowd.at(-1)?.closed?.code).to.equal(CLOSE.locked);
    const ann = await knock(house, OFFICE, 'Ann');
    expect(ann.closed).to.equal(null);
    expect(waiting()).to.include('Ann');
  });

  it('[MO-3] [LI-5] tells hosts of five knocks of a user at once, and then of one a second', async () => {
    const { house, host } = await lockedRoom();
    host.clear();
    const clients: RawClient[] = [];
    for (let index = 0; index < 10; index += 1) {
      clients.push(
        house
          .client()
          .open(`address-${index}`)
          .send(helloOf('Cem', { knock: true })),
      );
    }
    await house.settle();
    const refused = clients.at(-1);
    expect(refused?.last('error')).to.include({ code: 'rate-limited', retryAfterMs: 1_000 });
    expect(refused?.closed?.code).to.equal(CLOSE.retryLater);
    expect(host.all('access').length).to.be.below(12);
    await house.advance(1_000);
    expect((await knock(house, HOME, 'Cem')).closed).to.equal(null);
  });
});
