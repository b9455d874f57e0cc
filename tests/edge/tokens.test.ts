import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { CLOSE } from '@rtc-elements/protocol';
import { createToken } from '@rtc-elements/party/token';

import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { ask } from '../support/edge/request.js';
import { claimsFor, KeyServer, SERVER_KEY, TOKEN_SECRET } from '../support/edge/tokens.js';

const PAGE = 'https://app.example';
const tokenFor = (room: string, user: string, more: object = {}): Promise<string> =>
  createToken({ secret: TOKEN_SECRET, room, user, ...more });

forEachHost('a deployment with a secret', (host) => {
  let edge: Edge;
  before(async () => {
    edge = await Edge.start({ host, vars: { TOKEN_SECRET, SERVER_KEY, ALLOWED_ORIGINS: PAGE } });
  });
  after(() => edge.stop());

  it('[EN-7] takes user, name and role from the token, and not from hello', async () => {
    const token = await tokenFor('office', 'user-1', { name: 'Ann Lee', role: 'host' });
    const ann = await EdgeClient.join(edge, `office?token=${token}`, 'Somebody');
    const { user, name, role } = ann.welcome.you;
    assert.deepEqual([user, name, role], ['user-1', 'Ann Lee', 'host']);
    const other = await tokenFor('office', 'auth0|ben@example.com');
    const ben = await EdgeClient.join(edge, `office?token=${other}`, 'Ben');
    assert.match(ben.welcome.you.user, /^[A-Za-z0-9_-]{22}$/);
    assert.deepEqual([ben.welcome.you.name, ben.welcome.you.role], ['Ben', 'speaker']);
    await Promise.all([ann.close(), ben.close()]);
  });

  it('[EN-5] lets the same user resume with a fresh token, and nobody else', async () => {
    const ann = await EdgeClient.join(edge, `back?token=${await tokenFor('back', 'ann')}`, 'Ann');
    const resume = ann.welcome.session;
    ann.socket.terminate();
    const path = `back?token=${await tokenFor('back', 'mallory')}`;
    const mallory = await EdgeClient.join(edge, path, 'Ann', { resume });
    assert.equal(mallory.welcome.resumed, false);
    const again = `back?token=${await tokenFor('back', 'ann', { seconds: 60 })}`;
    const resumed = await EdgeClient.join(edge, again, 'Ann', { resume });
    assert.equal(resumed.welcome.resumed, true);
    await Promise.all([mallory.close(), resumed.close()]);
  });

  it('shows the people of a room to who has a token for it, or the server key', async () => {
    const token = await tokenFor('lobby', 'ann');
    const path = '/parties/room/lobby/people';
    for (const [way, headers] of [
      [path, { authorization: `Bearer ${token}` }],
      [`${path}?token=${token}`, {}],
      [path, { authorization: `bearer ${SERVER_KEY}` }],
    ] as const) {
      const answer = await ask(edge, way, { headers });
      assert.deepEqual(
        [answer.status, answer.body],
        [200, '{"count":0,"names":[],"inCall":0,"meshMembers":8}'],
      );
      assert.equal(answer.headers['cache-control'], 'no-store');
    }
    assert.equal((await ask(edge, path)).status, 401);
    assert.equal(
      (
        await ask(edge, '/parties/room/other/people', {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status,
      403,
    );
  });

  it('lets only its pages read the people, with a token in a header', async () => {
    const path = '/parties/room/lobby/people';
    const preflight = await ask(edge, path, { method: 'OPTIONS', headers: { origin: PAGE } });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], PAGE);
    assert.equal(preflight.headers['access-control-allow-headers'], 'authorization');
    assert.equal(preflight.headers['access-control-allow-methods'], 'GET, HEAD');
    const authorization = `Bearer ${await tokenFor('lobby', 'ann')}`;
    const answer = await ask(edge, path, { headers: { origin: PAGE, authorization } });
    assert.equal(answer.headers['access-control-allow-origin'], PAGE);
    assert.equal(answer.headers['vary'], 'origin');
    // So does a refusal: the page should know why.
    const refused = await ask(edge, path, { headers: { origin: PAGE } });
    assert.deepEqual([refused.status, refused.headers['access-control-allow-origin']], [401, PAGE]);
    const program = await ask(edge, path, { headers: { authorization } });
    assert.equal(program.headers['access-control-allow-origin'], undefined);
  });

  it('opens its socket to its pages, and to programs, which have no origin', async () => {
    const path = `/parties/room/pages?token=${await tokenFor('pages', 'ann')}`;
    for (const headers of [{ origin: PAGE }, {}]) {
      const client = await EdgeClient.open(edge, path, headers);
      client.socket.send('{"type":"ping"}');
      await client.next('pong');
      await client.close();
    }
  });

  it('does not call its rooms open', () => {
    assert.deepEqual(edge.logged('open-rooms'), []);
  });
});

forEachHost('a deployment with published keys', (host) => {
  it('[EN-7] fetches them when they are first needed, and keeps them', async () => {
    const issuer = await KeyServer.start('ES256');
    const vars = { TOKEN_JWKS_URL: issuer.url, TOKEN_ALGORITHM: 'ES256', TOKEN_ISSUER: 'me' };
    const edge = await Edge.start({ host, vars });
    try {
      const join = async (sub: string): Promise<void> => {
        const token = await issuer.sign(claimsFor('keys', { sub, iss: 'me' }));
        const client = await EdgeClient.join(edge, `keys?token=${token}`, sub);
        assert.equal(client.welcome.you.user, sub);
        await client.close();
      };
      // All at once: a request on the edge cannot wait for what another one has asked for.
      await Promise.all(['ann', 'ben', 'cem', 'dan', 'eve'].map(join));
      const { asked } = issuer;
      assert.ok(asked >= 1 && asked <= 5, `${asked} times`);
      for (const sub of ['fay', 'gus', 'hal']) await join(sub);
      assert.equal(issuer.asked, asked);
      const path = `/parties/room/keys/people?token=${await issuer.sign(claimsFor('keys'))}`;
      assert.deepEqual((await ask(edge, path)).error, 'token-invalid', 'of no issuer');
    } finally {
      await Promise.all([edge.stop(), issuer.stop()]);
    }
  });

  it('[EN-7] says to try again later when they cannot be had, and does not blame the token', async () => {
    const issuer = await KeyServer.start('ES256');
    const vars = { TOKEN_JWKS_URL: issuer.url, TOKEN_ALGORITHM: 'ES256' };
    await issuer.stop();
    const edge = await Edge.start({ host, vars });
    try {
      const query = `token=${await issuer.sign(claimsFor('keys'))}`;
      const client = await EdgeClient.open(edge, `/parties/room/keys?${query}`);
      assert.equal((await client.closed).code, CLOSE.retryLater);
      const answer = await ask(edge, `/parties/room/keys/people?${query}`);
      assert.deepEqual([answer.status, answer.error], [503, 'token-keys']);
      // PartyKit may lose what is logged in its first moments, so it is given more to log.
      const asking = setInterval(() => void ask(edge, `/parties/room/keys/people?${query}`), 250);
      try {
        assert.match(await edge.nextLogged('token-keys'), /"level":"error"/);
      } finally {
        clearInterval(asking);
      }
    } finally {
      await edge.stop();
    }
  });
});

forEachHost('a deployment that is set up wrongly', (host) => {
  it('lets nobody in, and says what is wrong without telling a secret', async () => {
    const edge = await Edge.start({ host, vars: { TOKEN_SECRET: 'hunter2' } });
    try {
      const client = await EdgeClient.open(edge, '/parties/room/x');
      const { code, reason } = await client.closed;
      assert.equal(code, CLOSE.retryLater);
      assert.match(reason, /^misconfigured: /);
      const people = await ask(edge, '/parties/room/x/people');
      assert.deepEqual([people.status, people.error], [503, 'misconfigured']);
      const health = await ask(edge, '/health');
      assert.equal(health.status, 503);
      assert.match(health.body, /TOKEN_SECRET must have at least 32 bytes/);
      assert.match(
        await edge.loggedAtStart('setting'),
        /"level":"error","problem":"TOKEN_SECRET must/,
      );
      assert.deepEqual(edge.logged('open-rooms'), []);
      assert.doesNotMatch(health.body + edge.log, /hunter2/);
    } finally {
      await edge.stop();
    }
  });
});

forEachHost('a deployment without tokens', (host) => {
  it('says once that its rooms are open, and lets any page read their people', async () => {
    const edge = await Edge.start({ host });
    try {
      const client = await EdgeClient.join(edge, 'open', 'Ann');
      const headers = { origin: 'https://anywhere.example' };
      const { headers: told } = await ask(edge, '/parties/room/open/people', { headers });
      assert.equal(told['access-control-allow-origin'], '*');
      await client.close();
      assert.match(await edge.loggedAtStart('open-rooms'), /"level":"warn"/);
      assert.equal(edge.logged('open-rooms').length, 1);
    } finally {
      await edge.stop();
    }
  });
});
