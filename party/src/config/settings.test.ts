import { expect } from '@esm-bundle/chai';
import { LIMITS } from '@rtc-elements/protocol';

import { readSettings } from './settings.js';
import type { SettingsEnv } from './rules/variables.js';

const SECRET = 'x'.repeat(32);
const JWKS = { TOKEN_JWKS_URL: 'https://id.example.com/keys', TOKEN_ALGORITHM: 'ES256' };
const CLOUDFLARE = { TURN_PROVIDER: 'cloudflare', TURN_KEY_ID: 'abc123', TURN_KEY_TOKEN: 't' };
const COTURN = {
  TURN_PROVIDER: 'coturn',
  TURN_URLS: 'turn:t.example.com:3478, stun:t.example.com',
  TURN_SECRET: 's',
};

describe('settings', () => {
  it('are those of an open room, without any variable', () => {
    const { admission, limits, turn, isShut, problems } = readSettings({});
    expect(admission).to.deep.equal({ tokens: null, origins: null, serverKey: null });
    expect(turn).to.deep.equal({ kind: 'none' });
    expect(limits.members).to.equal(LIMITS.members);
    expect([isShut, problems]).to.deep.equal([false, []]);
  });

  it('take ICE servers and limits from variables, as text or as JSON', () => {
    const servers = [{ urls: ['turn:turn.example.com'], username: 'u', credential: 'c' }];
    for (const ICE_SERVERS of [servers, JSON.stringify(servers)]) {
      const settings = readSettings({ ICE_SERVERS, MAX_MEMBERS: '12', HISTORY_MESSAGES: 0 });
      expect(settings.turn).to.deep.equal({ kind: 'static', iceServers: servers });
      expect(settings.limits).to.include({ members: 12, historyMessages: 0 });
      expect(settings.problems).to.deep.equal([]);
    }
  });

  it('leave a wrong variable at its default, and say what was expected', () => {
    const wrong = { ICE_SERVERS: 'stun:x', MAX_MEMBERS: '0', HISTORY_MESSAGES: 'all' };
    const { turn, limits, isShut, problems } = readSettings(wrong);
    expect(turn).to.deep.equal({ kind: 'none' });
    expect(limits.historyMessages).to.equal(LIMITS.historyMessages);
    expect(isShut).to.equal(false);
    expect(problems).to.have.length(3);
    expect(problems.join('\n')).to.match(/MAX_MEMBERS must be .* at least 1, not "0"/);
    expect(problems.join('\n')).to.match(/ICE_SERVERS must be JSON like .*: /);
  });

  it('take a secret, or the URL of a key set with one algorithm', () => {
    const bySecret = readSettings({ TOKEN_SECRET: SECRET, TOKEN_ISSUER: 'me' });
    expect(bySecret.problems).to.deep.equal([]);
    expect(bySecret.admission.tokens).to.deep.equal({
      key: { kind: 'secret', algorithm: 'HS256', secret: SECRET },
      audience: 'rtc-elements',
      issuer: 'me',
      maxSeconds: 3_600,
    });
    const byKeys = readSettings({ ...JWKS, TOKEN_MAX_SECONDS: '600', TOKEN_AUDIENCE: 'app' });
    expect(byKeys.problems).to.deep.equal([]);
    expect(byKeys.admission.tokens).to.deep.include({ audience: 'app', maxSeconds: 600 });
    expect(byKeys.admission.tokens?.key.algorithm).to.equal('ES256');
    const local = { ...JWKS, TOKEN_JWKS_URL: 'http://127.0.0.1:9/keys' };
    expect(readSettings(local).problems).to.deep.equal([]);
  });

  const SHUT: readonly [string, SettingsEnv, RegExp][] = [
    ['an empty secret', { TOKEN_SECRET: '' }, /^TOKEN_SECRET must have at least 32 bytes$/],
    ['a short secret', { TOKEN_SECRET: 'x'.repeat(31) }, /^TOKEN_SECRET must have/],
    ['two ways', { TOKEN_SECRET: SECRET, ...JWKS }, /exclude each other/],
    ['keys over http', { ...JWKS, TOKEN_JWKS_URL: 'http://id.example.com/' }, /https:/],
    ['keys nowhere', { ...JWKS, TOKEN_JWKS_URL: '' }, /TOKEN_JWKS_URL must be/],
    [
      'a look-alike of loopback',
      { ...JWKS, TOKEN_JWKS_URL: 'http://127.0.0.1.evil.test/' },
      /https:/,
    ],
    ['no algorithm', { TOKEN_JWKS_URL: JWKS.TOKEN_JWKS_URL }, /needs TOKEN_ALGORITHM: ES256, /],
    [
      'algorithm none',
      { ...JWKS, TOKEN_ALGORITHM: 'none' },
      /must be ES256, RS256 or EdDSA, not "none"/,
    ],
    ['a secret for keys', { ...JWKS, TOKEN_ALGORITHM: 'HS256' }, /must be ES256, RS256 or EdDSA/],
    ['keys for a secret', { TOKEN_SECRET: SECRET, TOKEN_ALGORITHM: 'RS256' }, /must be HS256/],
    ['an audience alone', { TOKEN_AUDIENCE: 'app' }, /neither TOKEN_SECRET nor TOKEN_JWKS_URL/],
    [
      'an empty issuer',
      { TOKEN_SECRET: SECRET, TOKEN_ISSUER: '' },
      /^TOKEN_ISSUER must not be empty/,
    ],
    ['endless tokens', { TOKEN_SECRET: SECRET, TOKEN_MAX_SECONDS: '999999' }, /from 60 to 604800/],
    ['any origin', { ALLOWED_ORIGINS: '*' }, /ALLOWED_ORIGINS must be .*, not "\*"/],
    ['no origin', { ALLOWED_ORIGINS: '' }, /ALLOWED_ORIGINS must be/],
    [
      'an origin with a path',
      { ALLOWED_ORIGINS: 'https://a.example/' },
      /not "https:\/\/a.example\/"/,
    ],
    ['a comma too many', { ALLOWED_ORIGINS: 'https://a.example,' }, /, not ""/],
    ['a short server key', { SERVER_KEY: 'admin' }, /^SERVER_KEY must have at least 32 bytes$/],
    ['a server key with blanks', { SERVER_KEY: ' '.repeat(32) }, /visible ASCII/],
    [
      'one secret for all',
      { SERVER_KEY: SECRET, TOKEN_SECRET: SECRET },
      /SERVER_KEY must be another/,
    ],
  ];
  for (const [what, env, sentence] of SHUT) {
    it(`let nobody in with ${what}`, () => {
      const { isShut, problems } = readSettings(env);
      expect(isShut).to.equal(true);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(sentence);
      expect(problems.join()).not.to.contain(SECRET);
    });
  }

  it('take several origins', () => {
    const { admission, problems } = readSettings({
      ALLOWED_ORIGINS: 'https://a.example, http://localhost:8787',
    });
    expect(problems).to.deep.equal([]);
    expect(admission.origins).to.deep.equal(['https://a.example', 'http://localhost:8787']);
  });

  it('[LI-6] trust no header with addresses but the one that is named', () => {
    const read = (CLIENT_ADDRESS_HEADER?: string) => readSettings({ CLIENT_ADDRESS_HEADER });
    expect(read().address).to.deep.equal({ kind: 'platform' });
    expect(read('none').address).to.deep.equal({ kind: 'none' });
    for (const name of ['x-real-ip', 'X-Forwarded-For', 'cf-connecting-ip', 'fly-client-ip']) {
      const { address, problems } = read(name);
      expect(address).to.deep.equal({ kind: 'header', name: name.toLowerCase() });
      expect(problems).to.deep.equal([]);
    }
    const wrong = ['x real ip', 'x-real-ip,cf', 'Forwarded', 'cookie', 'x-rtc-address', 'x\n', 'é'];
    for (const name of [...wrong, 'x'.repeat(10_000)]) {
      const { address, isShut, problems } = read(name);
      expect([address, isShut], name.slice(0, 20)).to.deep.equal([{ kind: 'none' }, false]);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(/^CLIENT_ADDRESS_HEADER must be the name of a header/);
      expect(problems[0]).to.have.length.below(200);
    }
  });

  it('[LI-5] leave one address half of a room, but never less than a class needs', () => {
    for (const [env, expected] of [
      [{}, 50],
      [{ MAX_MEMBERS: 8 }, 32],
      [{ MAX_MEMBERS: 301 }, 151],
      [{ MAX_MEMBERS_PER_ADDRESS: 7 }, 7],
    ] as const) {
      expect(readSettings(env).membersPerAddress).to.equal(expected);
    }
  });

  it('take a TURN provider, with a time to live', () => {
    expect(readSettings({ ...COTURN, TURN_TTL_SECONDS: 60 }).turn).to.deep.equal({
      kind: 'coturn',
      urls: ['turn:t.example.com:3478', 'stun:t.example.com'],
      secret: 's',
      ttlSeconds: 60,
    });
    const { turn, problems } = readSettings(CLOUDFLARE);
    expect(problems).to.deep.equal([]);
    expect(turn).to.include({ kind: 'cloudflare', keyId: 'abc123', ttlSeconds: 3_600 });
  });

  const WITHOUT_TURN: readonly [string, SettingsEnv, RegExp][] = [
    [
      'an unknown provider',
      { TURN_PROVIDER: 'x' },
      /must be static, coturn or cloudflare, not "x"/,
    ],
    ['static, and nothing else', { TURN_PROVIDER: 'static' }, /needs ICE_SERVERS/],
    ['coturn without addresses', { ...COTURN, TURN_URLS: '' }, /TURN_URLS must be/],
    ['coturn at a web address', { ...COTURN, TURN_URLS: 'https://t.example' }, /TURN_URLS must be/],
    ['coturn without a secret', { ...COTURN, TURN_SECRET: '' }, /TURN_SECRET must have/],
    ['credentials of a second', { ...COTURN, TURN_TTL_SECONDS: 1 }, /from 10 to 86400, not "1"/],
    ['a path as a key id', { ...CLOUDFLARE, TURN_KEY_ID: '../x' }, /TURN_KEY_ID must be/],
    ['the API over http', { ...CLOUDFLARE, TURN_API_URL: 'http://x.example' }, /TURN_API_URL/],
    ['no provider for a secret', { TURN_SECRET: 's' }, /TURN_SECRET is for TURN_PROVIDER coturn/],
  ];
  for (const [what, env, sentence] of WITHOUT_TURN) {
    it(`do without TURN, and still let people in, with ${what}`, () => {
      const { turn, isShut, problems } = readSettings(env);
      expect([turn.kind, isShut]).to.deep.equal(['none', false]);
      expect(problems.join('\n')).to.match(sentence);
    });
  }
});
