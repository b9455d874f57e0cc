// The ICE servers of a room before anybody enters it, past the real edge.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { type IceServer, LIMITS, TIMES } from '@rtc-elements/protocol';
import { createToken } from '@rtc-elements/party/token';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { ask, type EdgeAnswer } from '../support/edge/request.js';
import { SERVER_KEY, TOKEN_SECRET } from '../support/edge/tokens.js';
import { TurnServer } from '../support/servers/turn-server.js';

const TURN_SECRET = 'shared-with-coturn';
const PAGE = 'https://app.example';

interface Told {
  readonly iceServers: readonly IceServer[];
  readonly iceTtlMs?: number;
}
const toldBy = ({ body }: EdgeAnswer): Told => JSON.parse(body) as Told;

forEachHost('ICE servers for a lobby', (host) => {
  let turn: TurnServer;
  before(async () => {
    turn = await TurnServer.start(TURN_SECRET);
  });
  after(() => turn.stop());

  const coturn = (): Record<string, string> => ({
    TURN_PROVIDER: 'coturn',
    TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=udp`,
    TURN_SECRET,
  });

  it('[EN-9] let a stranger of an open room through a real turnserver, for a minute', async () => {
    const edge = await Edge.start({ host, vars: coturn() });
    try {
      const path = '/parties/room/open/ice';
      const answer = await ask(edge, path, { headers: { origin: PAGE } });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['access-control-allow-origin'], '*');
      assert.equal(answer.headers['cache-control'], 'no-store');
      const { iceServers, iceTtlMs } = toldBy(answer);
      assert.equal(iceTtlMs, TIMES.checkCredentialsMs);
      const { urls, username = '', credential = '' } = iceServers[0] ?? { urls: [] };
      assert.deepEqual(urls, [coturn()['TURN_URLS']]);
      const endsInS = Number(username.split(':')[0]) - Date.now() / 1_000;
      assert.ok(endsInS <= TIMES.checkCredentialsMs / 1_000, username);
      assert.equal(await turn.allocate(username, credential), 'allocated');
      assert.ok(!answer.body.includes(TURN_SECRET));

      assert.equal((await ask(edge, path, { method: 'HEAD' })).status, 405);
      let last = answer;
      for (let asked = 0; asked < 3 * LIMITS.iceRequestBurst && last.status !== 429; asked += 1) {
        last = await ask(edge, path);
      }
      assert.deepEqual([last.status, last.error], [429, 'rate-limited']);
      assert.equal(last.headers['retry-after'], '1');
      const people = await ask(edge, '/parties/room/open/people');
      assert.match(people.body, /^\{"count":0,"names":\[\],/, 'nobody has come in by asking');
    } finally {
      await edge.stop();
    }
  });

  it('[EN-9] ask for the token of the socket, and name its user to the turnserver', async () => {
    const vars = { ...coturn(), TOKEN_SECRET, SERVER_KEY, ALLOWED_ORIGINS: PAGE };
    const edge = await Edge.start({ host, vars });
    const path = '/parties/room/closed/ice';
    const askWith = (token: string): Promise<EdgeAnswer> =>
      ask(edge, path, { headers: { origin: PAGE, authorization: `Bearer ${token}` } });
    const tokenOf = (user: string, role: 'host' | 'speaker' = 'speaker'): Promise<string> =>
      createToken({ secret: TOKEN_SECRET, room: 'closed', user, role });
    try {
      const preflight = await ask(edge, path, { method: 'OPTIONS', headers: { origin: PAGE } });
      assert.equal(preflight.headers['access-control-allow-methods'], 'GET');
      assert.equal(preflight.headers['access-control-allow-headers'], 'authorization');
      assert.deepEqual((await ask(edge, path)).error, 'token-missing');
      const foreign = await ask(edge, path, { headers: { origin: 'https://evil.example' } });
      assert.deepEqual([foreign.status, foreign.error], [403, 'origin']);
      const byServer = await askWith(SERVER_KEY);
      assert.deepEqual([byServer.status, byServer.error], [401, 'token-missing']);

      const answer = await askWith(await tokenOf('ben'));
      assert.equal(answer.headers['access-control-allow-origin'], PAGE);
      const [server] = toldBy(answer).iceServers;
      assert.match(server?.username ?? '', /^\d{10}:ben$/);

      const hostToken = await tokenOf('ann', 'host');
      const ann = await EdgeClient.join(edge, `closed?token=${hostToken}`, 'Ann');
      const guest = await EdgeClient.join(edge, `closed?token=${await tokenOf('ben')}`, 'Ben');
      ann.send({ type: 'moderate', ref: 'b', action: 'ban', user: 'ben' });
      await ann.next('done');
      await guest.closed;
      const banned = await askWith(await tokenOf('ben'));
      assert.deepEqual([banned.status, banned.error], [403, 'forbidden']);
      await ann.close();
    } finally {
      await edge.stop();
    }
  });
});
