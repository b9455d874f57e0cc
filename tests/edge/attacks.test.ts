/**
 * Everybody who should not get in, against a real workerd: each attack has its named answer, and a
 * victim who is in the room notices nothing of it. Prints one table at the end.
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, it } from 'node:test';

import { CLOSE, LIMITS } from '@rtc-elements/protocol';
import { createToken } from '@rtc-elements/party/token';
import { exportJWK, exportSPKI, generateKeyPair } from 'jose';

import { noteAnswer, PATH, printAnswers, ROOM, Target } from '../support/edge/attack-target.js';
import { Edge, forEachHost } from '../support/edge/edge.js';
import { EdgeClient } from '../support/edge/client.js';
import { ask, type EdgeRequest } from '../support/edge/request.js';
import { helloOf } from '../support/house/raw-client.js';
import {
  type Claims,
  claimsFor,
  inSeconds,
  KeyServer,
  partOf,
  SERVER_KEY,
  sign,
  TOKEN_SECRET,
} from '../support/edge/tokens.js';

const PAGE = 'https://app.example';
const secretToken = (more: object = {}): Promise<string> =>
  createToken({ secret: TOKEN_SECRET, room: ROOM, user: 'victim', ...more });

after(printAnswers);

forEachHost('a room behind a secret', (host) => {
  let target: Target;
  before(async () => {
    target = await Target.start(
      { host, vars: { TOKEN_SECRET, ALLOWED_ORIGINS: PAGE } },
      await secretToken(),
    );
  });
  after(() => target.stop());

  const unsigned = (alg: string): string =>
    `${partOf({ alg, typ: 'JWT' })}.${partOf(claimsFor(ROOM))}.`;
  const withClaims = (changes: Claims) => () => sign(claimsFor(ROOM, changes));

  const TOKENS: readonly [string, () => Promise<string> | string, string][] = [
    ['no token', () => '', '4401 token-missing'],
    ['a word as a token', () => 'letmein', '4401 token-invalid'],
    ['a token of dots', () => '..', '4401 token-invalid'],
    ['a token of rubbish', () => 'a.b.c', '4401 token-invalid'],
    ['an escape in a token', () => 'a%00b.c.d', '4401 token-invalid'],
    ['alg none', () => unsigned('none'), '4401 token-invalid'],
    ['alg None', () => unsigned('None'), '4401 token-invalid'],
    ['alg HS256 without a signature', () => unsigned('HS256'), '4401 token-invalid'],
    ['another secret', () => sign(claimsFor(ROOM), Buffer.alloc(32, 1)), '4401 token-invalid'],
    ['the right secret under HS512', underHs512, '4401 token-invalid'],
    [
      'RS256 by a key of ones own',
      async () =>
        sign(claimsFor(ROOM), (await generateKeyPair('RS256')).privateKey, { alg: 'RS256' }),
      '4401 token-invalid',
    ],
    ['a key inside the token', signedWithKeyInside, '4401 token-invalid'],
    ['claims exchanged behind the signature', forged, '4401 token-invalid'],
    [
      'an expired token',
      withClaims({ iat: inSeconds(-600), exp: inSeconds(-1) }),
      '4401 token-expired',
    ],
    ['a token that never expires', withClaims({ exp: undefined }), '4401 token-invalid'],
    ['a token for tomorrow (nbf)', withClaims({ nbf: inSeconds(86_400) }), '4401 token-early'],
    ['a token from the future (iat)', withClaims({ iat: inSeconds(300) }), '4401 token-early'],
    ['a token for a year', withClaims({ exp: inSeconds(31_536_000) }), '4401 token-long-lived'],
    ['a token for another service', withClaims({ aud: 'other' }), '4401 token-invalid'],
    ['a token for no service', withClaims({ aud: undefined }), '4401 token-invalid'],
    ['a token for nobody', withClaims({ sub: undefined }), '4401 token-claims'],
    ['a token for another room', withClaims({ room: 'vault2' }), '4403 wrong-room'],
    ['a token for a part of the name', withClaims({ room: 'vaul' }), '4403 wrong-room'],
    ['a token for the room in capitals', withClaims({ room: 'VAULT' }), '4403 wrong-room'],
    ['a token for all rooms', withClaims({ room: '*' }), '4403 wrong-room'],
    ['a token without a room', withClaims({ room: undefined }), '4403 wrong-room'],
    ['an invented role', withClaims({ role: 'owner' }), '4401 token-claims'],
    ['an invented permission', withClaims({ can: ['everything'] }), '4401 token-claims'],
    ['a name of two lines', withClaims({ name: 'Ann\nBen' }), '4401 token-claims'],
    ['a token of 5,000 characters', () => 'x'.repeat(5_000), '4413 url-too-long'],
  ];
  for (const [attack, token, expected] of TOKENS) {
    it(`[EN-2] refuses ${attack}: ${expected}`, async () => {
      await target.tryToken(attack, await token(), expected);
    });
  }

  it('[CC-2] tells whoever forges a token nothing: wrong key, algorithm and rubbish are one answer', async () => {
    const said = new Set<string>();
    for (const token of [
      'letmein',
      'a.b.c',
      unsigned('none'),
      unsigned('HS256'),
      await sign(claimsFor(ROOM), Buffer.alloc(32, 1)),
      await sign(claimsFor(ROOM, { room: 'other', exp: 1 }), Buffer.alloc(32, 1)),
      underHs512(),
      await forged(),
    ]) {
      const headers = { authorization: `Bearer ${token}` };
      said.add((await ask(target.edge, `${PATH}/people`, { headers })).body);
    }
    assert.deepEqual(
      [...said],
      ['{"error":"token-invalid","detail":"not a token of this deployment"}'],
    );
  });

  const ORIGINS: readonly [string, string][] = [
    ['a foreign origin', 'https://evil.example'],
    ['an origin that ends alike', 'https://evil-app.example'],
    ['an origin that begins alike', 'https://app.example.evil.example'],
    ['an origin with ours in its path', 'https://evil.example/https://app.example'],
    ['our origin over http', 'http://app.example'],
    ['our origin at another port', 'https://app.example:8443'],
    ['a page in a sandbox', 'null'],
  ];
  for (const [attack, origin] of ORIGINS) {
    it(`[EN-2] refuses ${attack}, with a valid token: 4403`, async () => {
      const path = `${PATH}?token=${await secretToken({ user: 'mallory' })}`;
      await target.trySocket(attack, path, '4403 origin', { origin });
      for (const method of ['GET', 'OPTIONS']) {
        const request = { method, headers: { origin } };
        for (const part of ['people', 'ice']) {
          const name = `${attack}: ${method} ${part}`;
          await target.tryRequest(name, `${PATH}/${part}`, '403 origin', request);
        }
      }
    });
  }

  it('[EN-2] takes the server key for no token', async () => {
    const path = `${PATH}?token=${SERVER_KEY}`;
    await target.trySocket('the server key at the socket', path, '4401 token-invalid');
  });

  it('[EN-2] takes the word of no header but its own', async () => {
    const headers = {
      'x-rtc-identity': 'user=victim&role=host',
      'x-rtc-local': '1',
      'x-rtc-address': '192.0.2.1',
      'x-partykit-room': 'other',
    };
    await target.trySocket('identity headers, and no token', PATH, '4401 token-missing', headers);
    const path = `${PATH}?token=${await secretToken({ user: 'mallory' })}`;
    const query = `&_pk=${target.victim.welcome.session}&user=victim`;
    const mallory = await EdgeClient.open(target.edge, path + query, headers);
    mallory.send(helloOf('Mallory'));
    const { you, session, room } = await mallory.next('welcome');
    assert.deepEqual([you.user, you.role, room], ['mallory', 'speaker', ROOM]);
    assert.notEqual(session, target.victim.welcome.session);
    const attack = "identity headers and the victim's _pk, with a token";
    noteAnswer(attack, `welcome as ${you.user}, ${you.role}, session of its own`);
    // Still two, each with a wire of its own.
    await target.victim.next('presence', ({ joined }) => joined?.[0]?.user === 'mallory');
    await mallory.leave();
    await target.victim.next('presence', ({ left }) => left?.[0]?.session === session);
    target.victim.clear();
    await target.assertUnharmed();
  });

  it('[EN-5] gives the session of the victim to nobody else', async () => {
    const path = `${ROOM}?token=${await secretToken({ user: 'mallory' })}`;
    const resume = target.victim.welcome.session;
    const mallory = await EdgeClient.join(target.edge, path, 'Victim', { resume });
    assert.equal(mallory.welcome.resumed, false);
    noteAnswer("the victim's session in hello.resume", 'welcome, not resumed');
    // Who came and went between two frames would not be told.
    await target.victim.next('presence', ({ joined }) => joined?.length === 1);
    await mallory.leave();
    await target.victim.next('presence', ({ left }) => left?.length === 1);
    target.victim.clear();
    await target.assertUnharmed();
  });

  const LONG = `${PATH}?token=${'x'.repeat(LIMITS.urlLength)}`;
  // PartyKit takes the dots out itself, and what is left is no path of a party.
  const behindDots = host === 'partykit' ? '4404 not-found' : '4404 room-name';
  const SOCKETS: readonly [string, string, string][] = [
    ['a URL above 4 KiB', LONG, '4413 url-too-long'],
    ['a room a%2Fb', '/parties/room/a%2Fb', '4404 room-name'],
    ['a room %00', '/parties/room/%00', '4404 room-name'],
    ['a room by an escape', '/parties/room/%76ault', '4404 room-name'],
    ['a room behind dots', '/parties/room/x/../%2e%2e/vault', behindDots],
    ['another kind of party', '/parties/main/vault', '4404 room-name'],
    ['a path behind the room', `${PATH}/status`, '4404 not-found'],
  ];
  for (const [attack, path, expected] of SOCKETS) {
    it(`[EN-1] refuses ${attack}: ${expected}`, async () => {
      await target.trySocket(attack, path, expected);
    });
  }

  it('[EN-1] lets a room be called __proto__, as that is a name like any other', async () => {
    const token = await secretToken({ room: '__proto__' });
    const client = await EdgeClient.join(target.edge, `__proto__?token=${token}`, 'Ann');
    assert.equal(client.welcome.room, '__proto__');
    noteAnswer('a room __proto__', 'welcome: a name like any other');
    await client.say('hello');
    await client.close();
    await target.tryToken('a token for __proto__ elsewhere', token, '4403 wrong-room');
  });

  const key = { authorization: `Bearer ${SERVER_KEY}` };
  const json = { ...key, 'content-type': 'application/json' };
  const big = JSON.stringify({ body: 'x'.repeat(LIMITS.frameBytes) });
  const chunked = { ...json, 'transfer-encoding': 'chunked' };
  const REQUESTS: readonly [string, string, string, EdgeRequest][] = [
    ['notify without a key', '/notify', '401 server-key', { method: 'POST', body: '{}' }],
    ['status without a key', '/status', '401 server-key', {}],
    ['the chat without a key', '/chat', '401 server-key', {}],
    ['the end of a room without a key', '', '401 server-key', { method: 'DELETE' }],
    [
      'the end of a room by a wrong key',
      '',
      '401 server-key',
      { method: 'DELETE', headers: { authorization: `Bearer ${SERVER_KEY.slice(0, -1)}` } },
    ],
    [
      'the key with something behind it',
      '/status',
      '401 server-key',
      { headers: { authorization: `Bearer ${SERVER_KEY}x` } },
    ],
    [
      'the key as a password',
      '/status',
      '401 server-key',
      { headers: { authorization: `Basic ${btoa(`:${SERVER_KEY}`)}` } },
    ],
    ['the key in the query', `/status?token=${SERVER_KEY}`, '401 server-key', {}],
    ['a change by GET', '/notify', '405 method', { headers: key }],
    ['a preflight for notify', '/notify', '405 method', { method: 'OPTIONS' }],
    ['an unknown method', '/people', '405 method', { method: 'PATCH', headers: key }],
    ['an unknown path', '/secrets', '404 not-found', { headers: key }],
    ['a slash too many', '/', '404 not-found', { method: 'DELETE', headers: key }],
    [
      'a body of a form',
      '/notify',
      '415 content-type',
      { method: 'POST', headers: { ...key, 'content-type': 'text/plain' }, body: '{}' },
    ],
    [
      'a body that is not JSON',
      '/notify',
      '400 not-json',
      { method: 'POST', headers: json, body: '{"title":' },
    ],
    ['no body', '/notify', '400 not-json', { method: 'POST', headers: json }],
    ['a body above 64 KiB', '/notify', '413 too-big', { method: 'POST', headers: json, body: big }],
    [
      'a body above 64 KiB, in chunks',
      '/notify',
      '413 too-big',
      { method: 'POST', headers: chunked, body: big },
    ],
    [
      'a URL above 4 KiB',
      `/status?x=${'x'.repeat(LIMITS.urlLength)}`,
      '414 url-too-long',
      { headers: key },
    ],
  ];
  for (const [attack, path, expected, request] of REQUESTS) {
    it(`refuses ${attack} over HTTP: ${expected}`, async () => {
      // What pages may read is about people alone, and here no page asks.
      await target.tryRequest(attack, PATH + path, expected, request);
    });
  }

  it('refuses a token of a host where the server key is due', async () => {
    const headers = { authorization: `Bearer ${await secretToken({ role: 'host' })}` };
    const request = { method: 'DELETE', headers };
    await target.tryRequest("a host's token as the server key", PATH, '401 server-key', request);
  });

  it('serves the victim as before', () => target.assertServing());
});

forEachHost('a room behind published keys', (host) => {
  let issuer: KeyServer;
  let target: Target;
  before(async () => {
    issuer = await KeyServer.start('RS256');
    const vars = { TOKEN_JWKS_URL: issuer.url, TOKEN_ALGORITHM: 'RS256' };
    target = await Target.start(
      { host, vars },
      await issuer.sign(claimsFor(ROOM, { sub: 'victim' })),
    );
  });
  after(() => Promise.all([target.stop(), issuer.stop()]));

  const underPublicKey = (text: string): Promise<string> =>
    sign(claimsFor(ROOM), Buffer.from(text), { alg: 'HS256', kid: 'one' });
  const TOKENS: readonly [string, () => Promise<string>][] = [
    [
      'the public key as a secret (PEM)',
      async () => underPublicKey(await exportSPKI(issuer.keys.publicKey)),
    ],
    [
      'the public key as a secret (modulus)',
      async () => underPublicKey((await exportJWK(issuer.keys.publicKey)).n ?? ''),
    ],
    [
      'alg none, with the id of a key',
      async () => `${partOf({ alg: 'none', kid: 'one' })}.${partOf(claimsFor(ROOM))}.`,
    ],
    [
      'another key under the same id',
      async () =>
        sign(claimsFor(ROOM), (await generateKeyPair('RS256')).privateKey, {
          alg: 'RS256',
          kid: 'one',
        }),
    ],
    [
      'a key that nobody published',
      async () => sign(claimsFor(ROOM), issuer.keys.privateKey, { alg: 'RS256', kid: 'two' }),
    ],
    [
      'another algorithm, ES256',
      async () =>
        sign(claimsFor(ROOM), (await generateKeyPair('ES256')).privateKey, {
          alg: 'ES256',
          kid: 'one',
        }),
    ],
  ];
  for (const [attack, token] of TOKENS) {
    it(`[EN-2] refuses ${attack}: 4401`, async () => {
      await target.tryToken(attack, await token(), '4401 token-invalid');
    });
  }

  it('serves the victim as before', () => target.assertServing());
});

forEachHost('an open room', (host) => {
  it('has no server routes without a SERVER_KEY', async () => {
    const edge = await Edge.start({ host });
    try {
      for (const [method, path] of [
        ['POST', '/notify'],
        ['GET', '/status'],
        ['GET', '/chat'],
        ['DELETE', ''],
      ] as const) {
        const headers = { authorization: 'Bearer ' };
        const { status, error } = await ask(edge, PATH + path, { method, headers });
        noteAnswer(
          `${method} ${path || 'a room'} where no server key is set`,
          `HTTP ${status} ${error}`,
        );
        assert.deepEqual([status, error], [403, 'no-server-key']);
      }
    } finally {
      await edge.stop();
    }
  });

  it(`closes with ${CLOSE.tooBig} before it looks at anything else`, async () => {
    const edge = await Edge.start({ host });
    try {
      const client = await EdgeClient.open(edge, `/?${'x'.repeat(LIMITS.urlLength)}`);
      assert.equal((await client.closed).code, CLOSE.tooBig);
    } finally {
      await edge.stop();
    }
  });
});

/** A signature by the right secret and an algorithm of its own choice. */
function underHs512(): string {
  const text = `${partOf({ alg: 'HS512' })}.${partOf(claimsFor(ROOM))}`;
  return `${text}.${createHmac('sha512', TOKEN_SECRET).update(text).digest('base64url')}`;
}

/** Signs by a key of its own, and brings that key along. */
async function signedWithKeyInside(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return sign(claimsFor(ROOM), privateKey, { alg: 'ES256', jwk: await exportJWK(publicKey) });
}

/** The claims of a host behind the signature of a listener. */
async function forged(): Promise<string> {
  const [header, , signature] = (await secretToken({ role: 'listener' })).split('.');
  return `${header}.${partOf(claimsFor(ROOM, { role: 'host' }))}.${signature}`;
}
