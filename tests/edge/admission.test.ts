import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, it } from 'node:test';

import { CLOSE, LIMITS } from '@rtc-elements/protocol';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { helloOf } from '../support/house/raw-client.js';

/** `fetch` would tidy the path first. */
async function getRaw(
  edge: Edge,
  path: string,
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: edge.port, path, method }, (response) => {
      let body = '';
      response.on('data', (data) => (body += String(data)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const BAD_NAMES = [
  'a%2Fb',
  '%61',
  '%00',
  '%ZZ',
  'a.b',
  'caf%C3%A9',
  'a/b',
  'a//b',
  '',
  '%20',
  'x'.repeat(65),
  '__proto__.x',
];

forEachHost('the edge, before a room wakes', (host) => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start({ host });
  });
  after(() => edge.stop());

  for (const name of BAD_NAMES) {
    it(`[EN-1] refuses the room name ${JSON.stringify(name.slice(0, 20))} as it stands in the path`, async () => {
      const client = await EdgeClient.open(edge, `/parties/room/${name}`);
      const { code, reason } = await client.closed;
      assert.deepEqual([code, reason === ''], [CLOSE.room, false]);
      assert.deepEqual(client.heard, []);
      const { status, body } = await getRaw(edge, `/parties/room/${name}/people`);
      assert.equal(status, 404);
      assert.match(body, /"error":"/);
    });
  }

  it('[EN-1] takes every character that a room name may have', async () => {
    const room = '__proto__-AZaz09_';
    const client = await EdgeClient.join(edge, room, 'Ann');
    assert.equal(client.welcome.room, room);
    const response = await fetch(`${edge.origin}/parties/room/${room}/people`);
    const people = { count: 1, names: ['Ann'], inCall: 0, meshMembers: 8 };
    assert.deepEqual(await response.json(), people);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    await client.close();
  });

  it('[EN-2] refuses other methods, other paths and long URLs with a JSON body that says why', async () => {
    for (const [method, path, status, error] of [
      ['POST', '/parties/room/x/people', 405, 'method'],
      ['GET', '/parties/room/x', 404, 'not-found'],
      ['GET', '/parties/room/x/secrets', 404, 'not-found'],
      ['GET', `/parties/room/x/people?q=${'x'.repeat(LIMITS.urlLength)}`, 414, 'url-too-long'],
    ] as const) {
      const answer = await getRaw(edge, path, method);
      assert.equal(answer.status, status, `${method} ${path.slice(0, 40)}`);
      assert.ok(answer.body.includes(`"error":"${error}"`), answer.body);
    }
  });

  // PartyKit itself answers for a party that it does not know, with words of its own.
  const elsewhere = host === 'partyserver' ? 'in JSON' : 'in words of PartyKit';
  it(`[EN-2] refuses another party with 404, ${elsewhere}`, async () => {
    const { status, body } = await getRaw(edge, '/parties/other/x/people');
    assert.equal(status, 404);
    assert.match(body, host === 'partyserver' ? /"error":"room-name"/ : /^Party other not found$/);
  });

  it('[EN-4] opens a socket to tell a refusal that a handshake would hide', async () => {
    const query = 'x'.repeat(LIMITS.urlLength);
    const tooLong = await EdgeClient.open(edge, `/parties/room/x?q=${query}`);
    assert.equal((await tooLong.closed).code, CLOSE.tooBig);
    const astray = await EdgeClient.open(edge, '/somewhere/else');
    assert.equal((await astray.closed).code, CLOSE.room);
  });

  it("[EN-2] ignores a client's own _pk and identity headers", async () => {
    const victim = await EdgeClient.join(edge, 'pk', 'Victim');
    const path = `/parties/room/pk?_pk=${victim.welcome.session}&token=${'t'.repeat(3_000)}`;
    const headers = {
      'x-rtc-address': '192.0.2.1',
      'x-partykit-room': 'other',
      'x-partykit-props': '{"x":1}',
      cookie: 'a=b',
    };
    const mallory = await EdgeClient.open(edge, path, headers);
    mallory.send(helloOf('Mallory'));
    const welcome = await mallory.next('welcome');
    assert.equal(welcome.room, 'pk');
    assert.notEqual(welcome.session, victim.welcome.session);
    assert.deepEqual(
      welcome.peers.map(({ session }) => session),
      [victim.welcome.session],
    );
    // Still two, each with a wire of its own.
    mallory.send({ type: 'signal', to: victim.welcome.session, epoch: 1, n: 0 });
    const { from } = await victim.next('signal');
    assert.equal(from, welcome.session);
    await Promise.all([victim.close(), mallory.close()]);
  });

  it('answers health, and 404 for a file that is not there', async () => {
    const health = await fetch(`${edge.origin}/health`);
    assert.deepEqual([health.status, await health.json()], [200, { ok: true }]);
    assert.equal((await fetch(`${edge.origin}/no/such/file.js`)).status, 404);
  });

  it('names no ICE server on loopback, so that it works without a network', async () => {
    const client = await EdgeClient.join(edge, 'ice', 'Ann');
    assert.deepEqual(client.welcome.iceServers, []);
    await client.close();
  });
});

forEachHost('the settings of a deployment', (host) => {
  it('come from variables, and a wrong one is named by health and left at its default', async () => {
    const vars = {
      ICE_SERVERS: '[{"urls":["stun:stun.example.com"]}]',
      HISTORY_MESSAGES: 'many',
      MAX_MEMBERS: '3',
    };
    const other = await Edge.start({ host, vars });
    try {
      const client = await EdgeClient.join(other, 'settings', 'Ann');
      assert.equal(JSON.stringify(client.welcome.iceServers), vars.ICE_SERVERS);
      assert.equal(client.welcome.limits.members, 3);
      assert.equal(client.welcome.limits.historyMessages, LIMITS.historyMessages);
      const health = await fetch(`${other.origin}/health`);
      assert.equal(health.status, 503);
      assert.match(await health.text(), /HISTORY_MESSAGES must be a whole number/);
      await client.close();
    } finally {
      await other.stop();
    }
  });
});
