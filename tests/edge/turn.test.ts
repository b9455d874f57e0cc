import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { noteOf } from '../../party/src/edge/connection-note.js';
import { createIceServerIssuer } from '../../party/src/ice/ice-servers.js';
import { issueByCoturn } from '../../party/src/ice/turn-coturn.js';
import { readSettings } from '../../party/src/config/settings.js';
import { Edge, HOSTS } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { TurnServer } from '../support/servers/turn-server.js';

const SECRET = 'shared-with-coturn';
const TTL_SECONDS = 60;

describe('credentials for coturn', () => {
  let turn: TurnServer;
  before(async () => {
    turn = await TurnServer.start(SECRET);
  });
  after(() => turn.stop());

  const settings = {
    kind: 'coturn',
    urls: ['turn:127.0.0.1:3478', 'stun:127.0.0.1:3478'],
    secret: SECRET,
    ttlSeconds: TTL_SECONDS,
  } as const;

  it('are taken by a real turnserver, until they expire', async () => {
    const { iceServers, ttlMs } = await issueByCoturn(settings, 'ann', Date.now());
    assert.equal(ttlMs, TTL_SECONDS * 1_000);
    assert.deepEqual(iceServers[0], { urls: ['stun:127.0.0.1:3478'] });
    const { urls, username = '', credential = '' } = iceServers[1] ?? { urls: [] };
    assert.deepEqual(urls, ['turn:127.0.0.1:3478']);
    assert.match(username, /^\d{10}:ann$/);
    assert.equal(await turn.allocate(username, credential), 'allocated');
    const old = await issueByCoturn(settings, 'ann', Date.now() - 2 * TTL_SECONDS * 1_000);
    const { username: was = '', credential: had = '' } = old.iceServers[1] ?? {};
    assert.equal(await turn.allocate(was, had), 401);
  });

  it('are refused by it under another name, with another time, or by another secret', async () => {
    const { iceServers } = await issueByCoturn(settings, 'ann', Date.now());
    const { username = '', credential = '' } = iceServers[1] ?? {};
    assert.equal(await turn.allocate(username.replace('ann', 'ben'), credential), 401);
    assert.equal(await turn.allocate(username.replace(/^\d/, '9'), credential), 401);
    const other = await issueByCoturn({ ...settings, secret: 'x' }, 'ann', Date.now());
    const { username: name = '', credential: wrong = '' } = other.iceServers[1] ?? {};
    assert.equal(await turn.allocate(name, wrong), 401);
  });

  for (const host of HOSTS)
    it(`come with the welcome of a room, made for its user, on ${host}`, async () => {
      const vars = {
        TURN_PROVIDER: 'coturn',
        TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=udp`,
        TURN_SECRET: SECRET,
      };
      const edge = await Edge.start({ host, vars });
      try {
        const client = await EdgeClient.join(edge, 'turn', 'Ann');
        const { welcome } = client;
        const [server] = welcome.iceServers;
        assert.deepEqual(server?.urls, [vars.TURN_URLS]);
        assert.ok(server?.username?.endsWith(`:${welcome.you.user}`), server?.username);
        const verdict = await turn.allocate(server.username ?? '', server.credential ?? '');
        assert.equal(verdict, 'allocated');
        assert.ok(!JSON.stringify(welcome).includes(SECRET));
        await client.close();
      } finally {
        await edge.stop();
      }
    });
});

describe('credentials of Cloudflare', () => {
  let api: Server;
  let answer: (response: ServerResponse) => void;
  const asked: { path: string; authorization: string; body: string }[] = [];

  before(async () => {
    api = createServer((request, response) => void hear(request, response));
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { authorization = '' } = request.headers;
    asked.push({ path: `${request.method} ${request.url}`, authorization, body });
    answer(response);
  }

  const vars = (): Record<string, string> => ({
    TURN_PROVIDER: 'cloudflare',
    TURN_KEY_ID: 'key1',
    TURN_KEY_TOKEN: 'bearer-of-the-key',
    TURN_TTL_SECONDS: '600',
    TURN_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
  });
  const send =
    (value: unknown, status = 201) =>
    (response: ServerResponse): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof value === 'string' ? value : JSON.stringify(value));
    };
  const stun = { urls: ['stun:stun.test:3478', 'stun:stun.test:53'] };
  const turn = {
    urls: ['turn:turn.test:3478?transport=udp', 'turn:turn.test:53?transport=udp'],
    username: 'u',
    credential: 'c',
  };

  for (const host of HOSTS)
    it(`come with the welcome of a room, without the port that browsers do not use, on ${host}`, async () => {
      asked.length = 0;
      answer = send({ iceServers: [stun, turn] });
      const edge = await Edge.start({ host, vars: vars() });
      try {
        const client = await EdgeClient.join(edge, 'turn', 'Ann');
        const { welcome } = client;
        assert.equal(
          JSON.stringify(welcome.iceServers),
          JSON.stringify([
            { urls: ['stun:stun.test:3478'] },
            { ...turn, urls: ['turn:turn.test:3478?transport=udp'] },
          ]),
        );
        assert.deepEqual(asked, [
          {
            path: 'POST /v1/turn/keys/key1/credentials/generate-ice-servers',
            authorization: 'Bearer bearer-of-the-key',
            body: '{"ttl":600}',
          },
        ]);
        await client.close();
      } finally {
        await edge.stop();
      }
    });

  it('may come as one server, as they once did', async () => {
    answer = send({ iceServers: turn });
    const { turn: settings } = readSettings(vars());
    const granted = await createIceServerIssuer(settings, console).issue(
      'ann',
      noteOf(new Headers(), 0),
    );
    assert.deepEqual(granted.iceServers[0]?.urls, ['turn:turn.test:3478?transport=udp']);
    assert.equal(granted.ttlMs, 600_000);
  });

  const FAILURES: readonly [string, (response: ServerResponse) => void, RegExp][] = [
    ['is refused', send({ errors: [] }, 403), /answered 403/],
    ['sends us elsewhere', (response) => response.writeHead(302, { location: '/x' }).end(), /302/],
    ['answers no JSON', send('<html>'), /JSON/],
    ['answers null', send('null'), /./],
    ['answers no servers', send({}), /sent no servers/],
    ['answers other servers', send({ iceServers: [{ urls: 5 }] }), /sent no servers/],
    ['breaks off', (response) => response.destroy(), /./],
    ['is silent', () => undefined, /imeout|aborted/],
  ];
  for (const [what, failure, reason] of FAILURES) {
    it(`give way to STUN for a minute when the service ${what}, and the log says why`, async () => {
      answer = failure;
      const logged: string[] = [];
      const log = {
        warn: (event: string, fields?: object) => logged.push(`${event} ${JSON.stringify(fields)}`),
      };
      const issuer = createIceServerIssuer(readSettings(vars()).turn, log);
      const granted = await issuer.issue('ann', noteOf(new Headers(), 0));
      assert.deepEqual(granted, {
        iceServers: [{ urls: ['stun:stun.cloudflare.com:3478'] }],
        ttlMs: 60_000,
      });
      assert.equal(logged.length, 1);
      assert.match(logged[0] ?? '', /^turn-failed {"provider":"cloudflare"/);
      assert.match(logged[0] ?? '', reason);
      assert.doesNotMatch(logged[0] ?? '', /bearer-of-the-key/);
    });
  }
});
