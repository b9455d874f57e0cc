/**
 * What one network address may ask of a whole deployment (LI-6) and of one room (LI-5). A test is an address of its own,
 * and says so in the header that the deployment trusts.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { deflateSync } from 'node:zlib';

import {
  ADDRESS_LIMITS,
  CLOSE,
  createId,
  type IceServer,
  LIMITS,
  SUBPROTOCOL,
} from '@rtc-elements/protocol';
import { createToken } from '@rtc-elements/party/token';

import { EdgeClient } from '../support/edge/client.js';
import { Edge, forEachHost } from '../support/edge/edge.js';
import { ask, type EdgeAnswer } from '../support/edge/request.js';
import { storedRows } from '../support/edge/stored-rows.js';
import { SERVER_KEY, TOKEN_SECRET } from '../support/edge/tokens.js';
import { helloOf } from '../support/house/raw-client.js';

const HEADER = 'x-real-ip';
const TURN = {
  TURN_PROVIDER: 'coturn',
  TURN_URLS: 'turn:turn.example.com:3478',
  TURN_SECRET: 'shared-with-coturn',
};
/** Not loopback, so the limits are those that all isolates share. */
const HOST = 'rooms.example';

type Headers = Readonly<Record<string, string>>;

let lastAddress = 0;
/** The headers of a client whom no other test knows. */
const somebody = (): Headers => ({ [HEADER]: `198.51.100.${++lastAddress}` });
const freshRoom = (): string => `fresh-${createId()}`;

/** Some at a time, as a host on a busy machine takes only so many connections at once. */
async function inTurns<T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < count; start += 10) {
    const some = Array.from({ length: Math.min(10, count - start) }, (_, index) =>
      task(start + index),
    );
    results.push(...(await Promise.all(some)));
  }
  return results;
}

const userNameOf = (servers: readonly IceServer[]): string =>
  servers[0]?.username?.replace(/^\d+:/, '') ?? '';

interface Joined {
  /** The user name at the TURN server; `null` if the socket was refused. */
  readonly name: string | null;
  readonly client: EdgeClient;
}

/** Joins, and stays. */
async function joinRoom(edge: Edge, room: string, headers: Headers, token = ''): Promise<Joined> {
  const path = `/parties/room/${room}${token && `?token=${token}`}`;
  const client = await EdgeClient.open(edge, path, headers);
  client.send(helloOf(createId()));
  const welcome = await client.next('welcome').catch(() => null);
  return { client, name: welcome && userNameOf(welcome.iceServers) };
}

const people = (edge: Edge, room: string, headers: Headers): Promise<EdgeAnswer> =>
  ask(edge, `/parties/room/${room}/people`, { headers });

const statusOf = async (edge: Edge, room: string): Promise<Readonly<Record<string, number>>> => {
  const headers = { authorization: `Bearer ${SERVER_KEY}` };
  const { body } = await ask(edge, `/parties/room/${room}/status`, { headers });
  return JSON.parse(body) as Record<string, number>;
};

forEachHost('one network address', (host) => {
  let edge: Edge;
  before(async () => {
    const vars = { ...TURN, SERVER_KEY, CLIENT_ADDRESS_HEADER: HEADER, HISTORY_MESSAGES: '5' };
    edge = await Edge.start({ host, vars });
  });
  after(() => edge.stop());

  for (const name of ['127.0.0.1', HOST]) {
    it(`[LI-6] gets at most 16 TURN user names for 100 fresh rooms at ${name}`, async () => {
      const headers = { ...somebody(), host: name };
      const joined = await inTurns(100, () => joinRoom(edge, freshRoom(), headers));
      const names = joined.flatMap((one) => one.name ?? []);
      const checks = await inTurns(5, () => ask(edge, `/parties/room/lobby/ice`, { headers }));
      for (const { body, status } of checks.filter((one) => one.status === 200)) {
        assert.equal(status, 200);
        names.push(
          userNameOf((JSON.parse(body) as { iceServers: readonly IceServer[] }).iceServers),
        );
      }
      const different = new Set(names).size;
      console.log(`${host}: ${names.length} credentials for ${different} user names`);
      assert.ok(names.length >= ADDRESS_LIMITS.newRoomBurst, 'nobody who is let in goes without');
      assert.ok(different <= ADDRESS_LIMITS.turnUserNames, `${different} names`);
      for (const { client } of joined) client.socket.terminate();
      const other = await joinRoom(edge, freshRoom(), somebody());
      assert.ok(other.name !== null && !names.includes(other.name));
      await other.client.leave();
    });
  }

  it('[LI-6] is told apart from its neighbours by 64 bits of IPv6, and by the IPv4 in them', async () => {
    const use = async (address: string, count: number): Promise<number> => {
      const answers = await inTurns(count, () => people(edge, 'apart', { [HEADER]: address }));
      return answers.filter(({ status }) => status === 200).length;
    };
    const burst = ADDRESS_LIMITS.peopleRequestBurst;
    const slack = 60;
    assert.ok((await use('2001:db8:5:5::1', burst + slack)) >= burst);
    for (const [address, isSame] of [
      ['2001:DB8:5:5:ffff::2', true],
      ['2001:db8:5:6::1', false],
    ] as const) {
      assert.equal((await use(address, 30)) < 30, isSame, address);
    }
    await use('203.0.113.5', burst + slack);
    assert.ok((await use('::ffff:203.0.113.5', 30)) < 30);
  });

  it('[LI-6] wakes no more than its share of 600 fresh rooms, and is told when to come back', async () => {
    const headers = somebody();
    const from = performance.now();
    const answers = await inTurns(600, () => people(edge, freshRoom(), headers));
    const seconds = (performance.now() - from) / 1_000;
    const woken = answers.filter(({ status }) => status === 200).length;
    console.log(`${host}: ${woken} of 600 rooms woke in ${seconds.toFixed(1)} s`);
    const most =
      ADDRESS_LIMITS.newRoomBurst + Math.ceil(seconds * ADDRESS_LIMITS.newRoomsPerSecond);
    assert.ok(woken <= most, `${woken} rooms, ${most} at most`);
    const refused = answers.find(({ status }) => status !== 200);
    assert.deepEqual([refused?.status, refused?.error], [429, 'rate-limited']);
    assert.match(String(refused?.headers['retry-after']), /^[1-3]$/);
    assert.equal(refused?.headers['access-control-allow-origin'], '*');
    assert.equal(
      (await people(edge, freshRoom(), somebody())).status,
      200,
      'others notice nothing',
    );
  });

  it('[LI-6] [CC-1] is told why a socket is refused, and when to come back, before 4503', async () => {
    const headers = somebody();
    const room = freshRoom();
    const rooms = await inTurns(ADDRESS_LIMITS.joinBurst + 40, async (index) => {
      const client = await EdgeClient.open(edge, `/parties/room/${room}-${index % 5}`, headers);
      client.send({ type: 'ping' });
      return client;
    });
    const refused = rooms.find(({ heard }) => heard[0]?.type === 'error');
    assert.ok(refused);
    const error = await refused.next('error');
    assert.equal(error.code, 'rate-limited');
    assert.ok(error.retryAfterMs !== undefined && error.retryAfterMs <= 3_000);
    assert.equal((await refused.closed).code, CLOSE.retryLater);
    for (const { socket } of rooms) socket.terminate();
    const counters = await Promise.all(
      Array.from({ length: 5 }, (_, index) => statusOf(edge, `${room}-${index}`)),
    );
    const limited = counters.reduce((sum, { limited: count = 0 }) => sum + count, 0);
    assert.ok(limited > 0, JSON.stringify(counters));
  });

  it("[LI-6] leaves the operator's backend alone", async () => {
    const headers = { ...somebody(), authorization: `Bearer ${SERVER_KEY}` };
    // Beyond both, for new rooms and for requests.
    const rooms = Array.from({ length: ADDRESS_LIMITS.newRoomBurst + 20 }, freshRoom);
    const count = ADDRESS_LIMITS.peopleRequestBurst + 60;
    const answers = await inTurns(count, (index) =>
      people(edge, rooms[index % rooms.length] ?? '', headers),
    );
    assert.ok(answers.every(({ status }) => status === 200));
  });

  const GARBAGE = [
    'unknown',
    '999.1.1.1',
    '::ffff:999.1.1.1',
    '1'.repeat(10_240),
    `${'203.0.113.1, '.repeat(800)}nobody`,
    '__proto__',
    '[2001:db8::1]:443',
  ];
  it('[LI-6] is not known by garbage, which counts for nobody', async () => {
    for (const value of GARBAGE) {
      const headers = { [HEADER]: value };
      const { client, name } = await joinRoom(edge, 'garbage', headers);
      assert.notEqual(name, null, value.slice(0, 30));
      await client.leave();
    }
    const answers = await inTurns(ADDRESS_LIMITS.peopleRequestBurst + 20, () =>
      people(edge, 'garbage', { [HEADER]: 'unknown' }),
    );
    assert.ok(answers.every(({ status }) => status === 200));
  });

  it('[LI-6] is the last of several values, as that is what the nearest server has added', async () => {
    const { [HEADER]: address = '' } = somebody();
    const answers = await inTurns(ADDRESS_LIMITS.peopleRequestBurst + 60, (index) =>
      people(edge, 'several', { [HEADER]: `203.0.113.${index % 250}, ${address}` }),
    );
    assert.ok(answers.some(({ status }) => status === 429));
  });
});

forEachHost('a forged address', (host) => {
  it('[LI-5] [LI-6] does nothing where nobody was named who sets it', async () => {
    const edge = await Edge.start({ host, vars: { SERVER_KEY } });
    try {
      for (const name of ['127.0.0.1', HOST]) {
        const forged = { 'cf-connecting-ip': '203.0.113.9', host: name, 'cf-ray': '1-FRA' };
        const count = Math.max(LIMITS.joinBurst, ADDRESS_LIMITS.joinBurst) + 20;
        const joined = await inTurns(count, () =>
          EdgeClient.open(edge, `/parties/room/forged`, forged),
        );
        const { sockets } = await statusOf(edge, 'forged');
        assert.ok((sockets ?? 0) >= count, `${sockets} of ${count}`);
        for (const { socket } of joined) socket.terminate();
      }
    } finally {
      await edge.stop();
    }
  });

  it('[LI-6] in another header than the trusted one does not help', async () => {
    const edge = await Edge.start({ host, vars: { CLIENT_ADDRESS_HEADER: HEADER } });
    try {
      const answers = await inTurns(ADDRESS_LIMITS.peopleRequestBurst + 60, (index) =>
        people(edge, 'forged', {
          [HEADER]: '203.0.113.7',
          'cf-connecting-ip': `203.0.113.${index % 250}`,
        }),
      );
      assert.ok(answers.some(({ status }) => status === 429));
    } finally {
      await edge.stop();
    }
  });

  it('[LI-6] is not looked for by a name that is none, which health tells', async () => {
    const edge = await Edge.start({ host, vars: { CLIENT_ADDRESS_HEADER: 'x real ip' } });
    try {
      const health = await fetch(`${edge.origin}/health`);
      assert.equal(health.status, 503);
      assert.match(await health.text(), /CLIENT_ADDRESS_HEADER must be the name of a header/);
      const { client } = await joinRoom(edge, 'wrong', {});
      await client.leave();
    } finally {
      await edge.stop();
    }
  });
});

forEachHost('a user whom a token names', (host) => {
  it('[LI-6] is counted by that, and has a TURN user name of their own', async () => {
    const vars = { ...TURN, TOKEN_SECRET, CLIENT_ADDRESS_HEADER: HEADER };
    const edge = await Edge.start({ host, vars });
    try {
      const headers = somebody();
      const room = 'tokens';
      const tokenOf = (user: string): Promise<string> =>
        createToken({ secret: TOKEN_SECRET, room, user, role: 'speaker' });
      const users = Array.from({ length: 25 }, (_, index) => `user-${index}`);
      const names: (string | null)[] = [];
      for (const user of users) {
        const { client, name } = await joinRoom(edge, room, headers, await tokenOf(user));
        names.push(name);
        await client.leave();
      }
      const askAs = async (user: string): Promise<readonly number[]> => {
        const all = { ...headers, authorization: `Bearer ${await tokenOf(user)}` };
        const count = ADDRESS_LIMITS.peopleRequestBurst + 60;
        const answers = await inTurns(count, () => people(edge, room, all));
        return [...new Set(answers.map(({ status }) => status))].sort();
      };
      assert.deepEqual(await askAs('greedy'), [200, 429]);
      const modest = { ...headers, authorization: `Bearer ${await tokenOf('modest')}` };
      assert.equal((await people(edge, room, modest)).status, 200);
      assert.deepEqual(names, users);
    } finally {
      await edge.stop();
    }
  });
});

forEachHost('a room that nobody joined', (host) => {
  it('[LI-6] stores nothing and sets no alarm, whoever asks for it or knocks at its socket', async () => {
    const storage = mkdtempSync(join(tmpdir(), 'rtc-limits-'));
    const edge = await Edge.start({ host, storage, vars: { SERVER_KEY } });
    try {
      // Health tries to write, into an object of its own: not before this.
      const before = storedRows(storage);
      const rooms = Array.from({ length: 10 }, freshRoom);
      for (const room of rooms) {
        const path = `/parties/room/${room}`;
        assert.equal((await people(edge, room, {})).status, 200);
        assert.equal((await ask(edge, `${path}/ice`)).status, 200);
        const mute = await EdgeClient.open(edge, path);
        const early = deflateSync('{"type":"hello"}').toString('base64url');
        const wrong = await EdgeClient.open(edge, path, {}, [SUBPROTOCOL, early]);
        assert.equal((await wrong.closed).code, CLOSE.badMessage);
        const late = await EdgeClient.open(edge, path);
        late.send({ type: 'leave' });
        await late.closed;
        assert.equal((await statusOf(edge, room))['sockets'], 1);
        mute.socket.terminate();
      }
      const mute = await EdgeClient.open(edge, `/parties/room/${rooms[0]}`);
      assert.equal((await mute.closed).code, CLOSE.idle, 'a timer does what no alarm does');
      await edge.kill();
      assert.deepEqual(storedRows(storage), before);
      await edge.restart();
      const { client } = await joinRoom(edge, rooms[0] ?? '', {});
      await client.say('now there is something to store');
      await edge.kill();
      assert.notDeepEqual(storedRows(storage), before);
    } finally {
      await edge.stop();
      rmSync(storage, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
