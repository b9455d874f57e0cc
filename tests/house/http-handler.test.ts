import { expect } from '@esm-bundle/chai';
import { CLOSE, LIMITS, TIMES } from '@rtc-elements/protocol';

import type { Identity } from '../../party/src/rules/admit.js';
import { House, type HouseOptions } from '../support/house/house.js';
import { meet } from '../support/house/meet.js';
import { helloOf } from '../support/house/raw-client.js';

async function setup() {
  const { house, ann, ben } = await meet({ ann: { call: true }, ben: {} });
  return { house, ann, ben };
}

describe('notices', () => {
  it('[NO-1] reach everybody, with what the backend said and no more', async () => {
    const { house, ann, ben } = await setup();
    const notice = { title: 'Deployed', body: 'v2', level: 'success', data: { build: 7 } };
    const { status, body } = await house.request('POST', 'notify', notice);
    expect([status, body]).to.deep.equal([202, { delivered: 2 }]);
    const { id, at, ...told } = ann.last('notify');
    expect(told).to.deep.equal({ type: 'notify', ...notice });
    expect([id.length, at]).to.deep.equal([21, house.clock.now()]);
    expect(ben.last('notify').id).to.equal(id);
  });

  it('[NO-1] reach only the sessions and users they name, and those with a socket', async () => {
    const { house, ann, ben } = await setup();
    const twin = house.client();
    await twin.join('Ben');
    const post = async (to: readonly string[]) =>
      (await house.request('POST', 'notify', { title: 'x', to })).body;
    expect(await post([ben.last('welcome').you.user])).to.deep.equal({ delivered: 2 });
    expect(await post([ann.session, 'nobody'])).to.deep.equal({ delivered: 1 });
    expect([ann, ben, twin].map((one) => one.all('notify').length)).to.deep.equal([1, 1, 1]);
    ann.pair?.cut();
    await house.settle();
    expect(await post([ann.session])).to.deep.equal({ delivered: 0 });
    expect(ben.last('notify').level).to.equal('info');
  });

  for (const [what, body] of [
    ['what is not JSON', 'title'],
    ['no object', '[1]'],
    ['no title', { body: 'x' }],
    ['an empty title', { title: '' }],
    ['a title that is too long', { title: 'x'.repeat(LIMITS.noticeTitleLength + 1) }],
    ['an unknown level', { title: 'x', level: 'loud' }],
    ['an extra key', { title: 'x', icon: 'y' }],
    ['too much data', { title: 'x', data: 'x'.repeat(LIMITS.noticeBytes) }],
    ['too many addressees', { title: 'x', to: Array<string>(101).fill('a') }],
  ] as const) {
    it(`[NO-1] refuse ${what} with 400, and nobody hears of it`, async () => {
      const { house, ann } = await setup();
      const answer = await house.request('POST', 'notify', body);
      expect(answer.status).to.equal(400);
      expect(answer.body).to.have.all.keys('error', 'detail');
      expect(ann.all('notify')).to.deep.equal([]);
    });
  }

  it('[NO-1] are at most 10 a second, and the next is told when to come', async () => {
    const { house, ann } = await setup();
    const statuses: number[] = [];
    let last;
    for (let index = 0; index <= LIMITS.noticeBurst; index += 1) {
      last = await house.request('POST', 'notify', { title: `${index}` });
      statuses.push(last.status);
    }
    expect(statuses.filter((status) => status === 202)).to.have.length(LIMITS.noticeBurst);
    expect([last?.status, last?.retryAfterS]).to.deep.equal([429, 1]);
    await house.advance(1_000);
    expect((await house.request('POST', 'notify', { title: 'now' })).status).to.equal(202);
    expect(ann.last('notify').title).to.equal('now');
  });
});

describe('shared values that a backend sets', () => {
  it('[ST-2] are told to everybody, kept, and have a revision', async () => {
    const { house, ann, ben } = await setup();
    const put = (body: object) => house.request('PUT', 'state', body);
    const answer = await put({ key: 'orders', value: { today: 41 } });
    expect([answer.status, answer.body]).to.deep.equal([200, { rev: 1 }]);
    const entry = { key: 'orders', value: { today: 41 }, rev: 1, by: 'server' };
    for (const one of [ann, ben]) expect(one.last('state').entries).to.deep.equal([entry]);
    const late = house.client();
    await late.join('Late');
    expect(late.last('state').entries).to.deep.equal([entry]);
    expect((await put({ key: 'orders', value: 42, rev: 0 })).status).to.equal(409);
    expect((await put({ key: 'orders', value: null, rev: 1 })).body).to.deep.equal({ rev: 2 });
    expect(ann.last('state').entries[0]?.value).to.equal(null);
  });

  for (const [what, body] of [
    ['what is not JSON', 'orders'],
    ['no value', { key: 'orders' }],
    ['a key of another form', { key: 'two words', value: 1 }],
    ['a value that is too large', { key: 'orders', value: 'x'.repeat(LIMITS.stateBytes) }],
    ['a revision that is none', { key: 'orders', value: 1, rev: -1 }],
    ['an extra key', { key: 'orders', value: 1, by: 'ann' }],
  ] as const) {
    it(`[ST-2] refuse ${what} with 400, and nobody hears of it`, async () => {
      const { house, ann } = await setup();
      const answer = await house.request('PUT', 'state', body);
      expect(answer.status).to.equal(400);
      expect(answer.body).to.have.all.keys('error', 'detail');
      expect(ann.all('state')).to.deep.equal([]);
    });
  }

  it('[ST-2] are at most 64 keys, 10 changes a second, and then more', async () => {
    const { house } = await setup();
    const statuses: number[] = [];
    for (let index = 0; index <= LIMITS.statePutBurst; index += 1) {
      const body = { key: `k${index}`, value: index };
      statuses.push((await house.request('PUT', 'state', body)).status);
    }
    expect(statuses.filter((status) => status === 200)).to.have.length(LIMITS.statePutBurst);
    expect(statuses.at(-1)).to.equal(429);
    for (let index = LIMITS.statePutBurst; index < LIMITS.stateKeys; index += 1) {
      await house.advance(1_000 / LIMITS.statePutsPerSecond);
      const body = { key: `k${index}`, value: index };
      expect((await house.request('PUT', 'state', body)).status).to.equal(200);
    }
    await house.advance(1_000);
    expect((await house.request('PUT', 'state', { key: 'more', value: 1 })).status).to.equal(403);
    expect((await house.request('PUT', 'state', { key: 'k0', value: 1 })).status).to.equal(200);
  });
});

describe('the operator', () => {
  it('[NO-1] sees who and how much is in a room', async () => {
    const { house, ann, ben } = await setup();
    await ann.say('hello');
    ben.pair?.cut();
    const { body } = await house.request('GET', 'status');
    expect(body).to.include({
      room: 'house',
      members: 2,
      reachable: 1,
      inCall: 1,
      sockets: 1,
      locked: false,
      messages: 1,
      joins: 2,
      frames: 1,
    });
  });

  it('[NO-1] sees what was refused: who could not enter, and which frames were answered with an error', async () => {
    const { house, ann } = await setup();
    const counts = async () => {
      const { body } = await house.request('GET', 'status');
      return [body['refusals'], body['refusedFrames']];
    };
    expect(await counts()).to.deep.equal([0, 0]);
    // Two frames of a member.
    ann.sendRaw('nonsense').send({ type: 'chat.delete', ref: 'r', seq: 9 });
    await house.settle();
    expect(await counts()).to.deep.equal([0, 2]);
    // A stranger's first frame, and a hello of somebody whom a host keeps out.
    const mallory = house.client();
    mallory.open().sendRaw('nonsense');
    await house.settle();
    expect(await counts()).to.deep.equal([1, 3]);
    const { user } = await mallory.join('Mallory').then(({ you }) => you);
    await ann.ask({ type: 'moderate', action: 'ban', user });
    mallory.open().send(helloOf('Mallory'));
    await house.settle();
    expect(mallory.closed?.code).to.equal(CLOSE.banned);
    expect(await counts()).to.deep.equal([2, 4]);
    // One that says nothing is closed without an error; one that leaves is no refusal.
    house.client().open();
    await house.advance(TIMES.helloMs);
    house.client().open().send({ type: 'leave' });
    await house.settle();
    expect(await counts()).to.deep.equal([3, 4]);
  });

  it('[NO-1] exports the chat as lines of JSON, as it is now', async () => {
    const { house, ann } = await setup();
    for (const text of ['one', 'two\nlines', 'three']) await ann.say(text);
    await ann.ask({ type: 'chat.edit', seq: 1, text: 'uno' });
    const { text } = await house.request('GET', 'chat');
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).text)).to.deep.equal([
      'uno',
      'two\nlines',
      'three',
    ]);
  });

  it('[NO-1] closes a room and erases everything stored of it', async () => {
    const { house, ann, ben } = await setup();
    await ann.say('secret');
    await ann.ask({ type: 'state.set', key: 'k', value: 'secret' });
    await ann.ask({ type: 'moderate', action: 'ban', user: 'mallory' });
    expect((await house.request('DELETE', '')).status).to.equal(204);
    expect([ann, ben].map(({ closed }) => closed?.code)).to.deep.equal([CLOSE.room, CLOSE.room]);
    expect(JSON.stringify([...house.store.entries])).not.to.match(/secret|mallory|Ann|Ben/);
    const { chat } = await ben.clear().join('Ben');
    expect(chat).to.deep.equal({ messages: [], more: false, rev: 0 });
    expect([...ben.all('state'), ...ben.all('access')]).to.deep.equal([]);
    await ben.say('anew');
    expect(ben.last('chat.ack').seq).to.equal(1);
  });

  it('[NO-1] gets 404 for what a room does not answer', async () => {
    const { house } = await setup();
    for (const method of ['PUT', 'POST', 'GET']) {
      expect((await house.request(method, '')).status).to.equal(404);
    }
  });
});

describe('ICE servers', () => {
  it('[EN-8] come with the welcome, and anew when asked for, but not too often', async () => {
    let made = 0;
    const house = new House({
      iceServers: {
        issue: async (user) => {
          made += 1;
          const server = { urls: ['turn:t.example'], username: `${made}:${user}`, credential: 'c' };
          return { iceServers: [server], ttlMs: 60_000 };
        },
      },
    });
    const ann = house.client();
    const { iceServers, iceTtlMs, you } = await ann.join('Ann');
    expect([iceServers[0]?.username, iceTtlMs]).to.deep.equal([`1:${you.user}`, 60_000]);
    for (let index = 0; index <= LIMITS.iceRequestBurst; index += 1) {
      ann.send({ type: 'ice.get', ref: `r${index}` });
    }
    await house.settle();
    expect(ann.all('ice')).to.have.length(LIMITS.iceRequestBurst);
    expect(ann.all('ice')[0]).to.deep.include({ ref: 'r0', iceTtlMs: 60_000 });
    expect(ann.last('error')).to.include({
      code: 'rate-limited',
      ref: `r${LIMITS.iceRequestBurst}`,
    });
  });
});

describe('ICE servers for a lobby', () => {
  const ANN = { user: 'ann', role: null, name: null, can: null };
  const BEN = { ...ANN, user: 'ben' };

  /** A house whose provider says for whom it makes a password, and for how long at most. */
  const setupIce = (options: HouseOptions = {}) => {
    const granted: { user: string | null; mostMs: number | undefined }[] = [];
    const house = new House({
      iceServers: {
        issue: async (user, _asker, mostMs) => {
          granted.push({ user, mostMs });
          const username = user ?? 'nobody';
          const server = { urls: ['turn:t.example'], username, credential: 'c' };
          return { iceServers: [server], ttlMs: mostMs ?? null };
        },
      },
      ...options,
    });
    return { house, granted, show: (who?: Identity) => house.request('GET', 'ice', '', who) };
  };

  it('[EN-9] are made for whom the token names, for as long as a check takes', async () => {
    const { granted, show } = setupIce({ asksForTokens: true });
    const { status, body } = await show(ANN);
    expect([status, body]).to.deep.equal([
      200,
      {
        iceServers: [{ urls: ['turn:t.example'], username: 'ann', credential: 'c' }],
        iceTtlMs: TIMES.checkCredentialsMs,
      },
    ]);
    expect(granted).to.deep.equal([{ user: 'ann', mostMs: TIMES.checkCredentialsMs }]);
  });

  it('[EN-9] are made for nobody who is known in an open room, and say when they never end', async () => {
    const { house, granted, show } = setupIce();
    await show();
    await show();
    expect(granted.map(({ user }) => user)).to.deep.equal([null, null]);
    expect(house.pairs).to.have.length(0);
    const plain = setupIce({
      iceServers: { issue: async () => ({ iceServers: [], ttlMs: null }) },
    });
    expect((await plain.show()).body).to.deep.equal({ iceServers: [] });
  });

  it('[EN-9] are none without a token where one is due, not even for the server key', async () => {
    const { granted, show } = setupIce({ asksForTokens: true });
    const { status, body } = await show();
    expect([status, body['error'], granted]).to.deep.equal([401, 'token-missing', []]);
  });

  it('[EN-9] are counted with those that a user asks for in the room', async () => {
    const { house, show } = setupIce();
    const ann = house.client().as(ANN);
    await ann.join('Ann');
    ann.send({ type: 'ice.get', ref: 'r' });
    for (let index = 1; index < LIMITS.iceRequestBurst; index += 1) {
      expect((await show(ANN)).status).to.equal(200);
    }
    const { status, body, retryAfterS } = await show(ANN);
    expect([status, body['error'], retryAfterS]).to.deep.equal([429, 'rate-limited', 1]);
    expect((await show(BEN)).status).to.equal(200);
    await house.advance(1_000);
    expect((await show(ANN)).status).to.equal(200);
  });

  it('[EN-9] are counted for all strangers together', async () => {
    const { granted, show } = setupIce();
    const statuses: number[] = [];
    for (let index = 0; index <= LIMITS.iceRequestBurst; index += 1)
      statuses.push((await show()).status);
    expect(statuses.at(-1)).to.equal(429);
    expect(granted).to.have.length(LIMITS.iceRequestBurst);
  });

  it('[EN-9] are not for who is banned, nor for who flooded the room until that is over', async () => {
    const { house, granted, show } = setupIce();
    const host = house.client().as({ ...ANN, role: 'host' });
    await host.join('Ann');
    await house.client().as(BEN).join('Ben');
    expect(await host.ask({ type: 'moderate', action: 'ban', user: 'ben' })).to.equal('done');
    granted.length = 0;
    const banned = await show(BEN);
    expect([banned.status, banned.body['error']]).to.deep.equal([403, 'forbidden']);

    const cem = { ...ANN, user: 'cem' };
    const flooder = house.client().as(cem);
    await flooder.join('Cem');
    for (let index = 0; index <= LIMITS.faultBurst; index += 1) flooder.sendRaw('nonsense');
    await house.settle();
    expect(flooder.closed?.code).to.equal(CLOSE.flood);
    granted.length = 0;
    const cooling = await show(cem);
    expect([cooling.status, cooling.retryAfterS]).to.deep.equal([429, TIMES.floodMs / 1_000]);
    expect(granted).to.deep.equal([]);
    await house.advance(TIMES.floodMs);
    expect((await show(cem)).status).to.equal(200);
  });

  it('[EN-9] are, in a locked room, for hosts alone', async () => {
    const { house, granted, show } = setupIce();
    const host = house.client().as({ ...ANN, role: 'host' });
    await host.join('Ann');
    await host.ask({ type: 'moderate', action: 'lock', on: true });
    granted.length = 0;
    for (const one of [undefined, BEN]) expect((await show(one)).status).to.equal(403);
    expect(granted).to.deep.equal([]);
    expect((await show({ ...ANN, role: 'host' })).status).to.equal(200);
  });
});
