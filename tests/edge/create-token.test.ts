import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createToken, type TokenOptions } from '@rtc-elements/party/token';
import { decodeJwt, jwtVerify } from 'jose';

import { TOKEN_SECRET } from '../support/edge/tokens.js';

const fine: TokenOptions = { secret: TOKEN_SECRET, room: 'standup', user: 'ann' };
const root = fileURLToPath(new URL('../../', import.meta.url));

describe('createToken, as a backend in Node runs it', () => {
  it('makes a token for an hour, one room and one person', async () => {
    const token = await createToken({ ...fine, name: 'Ann Lee', role: 'host', can: ['chat'] });
    const key = new TextEncoder().encode(TOKEN_SECRET);
    const { payload, protectedHeader } = await jwtVerify(token, key);
    const { iat = 0, exp = 0, ...claims } = payload;
    assert.equal(protectedHeader.alg, 'HS256');
    assert.equal(exp - iat, 3_600);
    assert.deepEqual(claims, {
      room: 'standup',
      name: 'Ann Lee',
      role: 'host',
      can: ['chat'],
      sub: 'ann',
      aud: 'rtc-elements',
    });
  });

  it('takes another life, audience and issuer', async () => {
    const more = { seconds: 60, audience: 'app', issuer: 'me' };
    const { iat = 0, exp = 0, aud, iss } = decodeJwt(await createToken({ ...fine, ...more }));
    assert.deepEqual([exp - iat, aud, iss], [60, 'app', 'me']);
  });

  const WRONG: readonly [string, object, RegExp][] = [
    ['a short secret', { secret: 'x' }, /secret must have at least 32 bytes/],
    ['a room that cannot be', { room: 'a/b' }, /room must be/],
    ['nobody', { user: '' }, /user must be/],
    ['a name of two lines', { name: 'a\nb' }, /name must be/],
    ['an unknown role', { role: 'admin' }, /role must be one of host, speaker, listener/],
    ['an unknown permission', { can: ['fly'] }, /can must be some of chat, media, state, moderate/],
    ['half a second', { seconds: 0.5 }, /seconds must be/],
  ];
  for (const [what, changes, sentence] of WRONG) {
    it(`refuses ${what} with a sentence`, async () => {
      const wrong: TokenOptions = Object.assign({ ...fine }, changes);
      await assert.rejects(createToken(wrong), { name: 'TypeError', message: sentence });
    });
  }
});

describe('npm run token', () => {
  const run = (
    words: readonly string[],
    secret?: string,
  ): { status: number | null; out: string } => {
    const env = { ...process.env, TOKEN_SECRET: secret };
    const all = ['scripts/token.mjs', ...words];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    return { status, out: stdout + stderr };
  };

  it('prints a token and the address it opens', () => {
    const words = ['--room', 'x', '--role', 'host', '--name', 'Ann', '--seconds', '60'];
    const { status, out } = run(words, TOKEN_SECRET);
    const [token = '', address] = out.trim().split('\n');
    assert.equal(status, 0, out);
    assert.equal(address, `ws://127.0.0.1:8787/parties/room/x?token=${token}`);
    const { room, role, name, sub, exp = 0, iat = 0 } = decodeJwt(token);
    assert.deepEqual([room, role, name, sub, exp - iat], ['x', 'host', 'Ann', 'me', 60]);
  });

  it('says what is missing or wrong', () => {
    for (const [words, secret, sentence] of [
      [[], TOKEN_SECRET, /Which room\?/],
      [['--room', 'x'], '', /TOKEN_SECRET is missing/],
      [['--room', 'x'], 'short', /secret must have at least 32 bytes/],
      [['--room', 'x', '--roll', 'host'], TOKEN_SECRET, /Unknown option '--roll'/],
    ] as const) {
      const { status, out } = run(words, secret);
      assert.equal(status, 1);
      assert.match(out, sentence);
    }
  });
});
