import { expect } from '@esm-bundle/chai';

import { readClaims } from './claims.js';

const NOW = 1_800_000_000;
const GOOD = { sub: 'ann', room: 'standup', iat: NOW, exp: NOW + 600 };
const read = (changes: object): ReturnType<typeof readClaims> =>
  readClaims({ ...GOOD, ...changes }, 'standup', 3_600, NOW);

describe('the claims of a token', () => {
  it('name a person, with a role, a name and permissions', () => {
    expect(read({})).to.deep.equal({
      kind: 'claims',
      subject: 'ann',
      identity: { role: 'speaker', name: null, can: null },
    });
    expect(
      read({ role: 'host', name: 'Ann Á', can: ['chat', 'moderate'], jti: 'x' }),
    ).to.deep.equal({
      kind: 'claims',
      subject: 'ann',
      identity: { role: 'host', name: 'Ann Á', can: ['chat', 'moderate'] },
    });
    expect(read({ can: [] }))
      .to.have.nested.property('identity.can')
      .that.deep.equals([]);
  });

  const GOOD_TIMES: readonly [string, object][] = [
    ['a clock that is behind by a minute', { iat: NOW + 60, nbf: NOW + 60, exp: NOW + 3_600 }],
    ['the longest life', { exp: NOW + 3_600 }],
    ['the longest life from a clock that is ahead', { iat: NOW + 50, exp: NOW + 3_650 }],
    ['no iat', { iat: undefined, exp: NOW + 3_600 }],
  ];
  for (const [what, times] of GOOD_TIMES) {
    it(`may have ${what}`, () => {
      expect(read(times).kind).to.equal('claims');
    });
  }

  const REFUSED: readonly [string, object, string][] = [
    ['no exp', { exp: undefined }, '401 token-expired'],
    ['an exp of words', { exp: 'tomorrow' }, '401 token-expired'],
    ['an exp that is now', { exp: NOW }, '401 token-expired'],
    ['an nbf to come', { nbf: NOW + 61 }, '401 token-early'],
    ['an iat to come', { iat: NOW + 61 }, '401 token-early'],
    ['a life too long', { exp: NOW + 3_601 }, '401 token-long-lived'],
    [
      'a life too long that is nearly over',
      { iat: NOW - 9_999, exp: NOW + 5 },
      '401 token-long-lived',
    ],
    ['a life too long without iat', { iat: undefined, exp: NOW + 3_601 }, '401 token-long-lived'],
    ['no room', { room: undefined }, '403 wrong-room'],
    ['another room', { room: 'standup2' }, '403 wrong-room'],
    ['the room in capitals', { room: 'Standup' }, '403 wrong-room'],
    ['several rooms', { room: ['standup'] }, '403 wrong-room'],
    ['no sub', { sub: undefined }, '401 token-claims'],
    ['an empty sub', { sub: '' }, '401 token-claims'],
    ['a name of two lines', { name: 'a\nb' }, '401 token-claims'],
    ['a name that is null', { name: null }, '401 token-claims'],
    ['a long name', { name: 'x'.repeat(65) }, '401 token-claims'],
    ['an unknown role', { role: 'admin' }, '401 token-claims'],
    ['a role of Object', { role: 'constructor' }, '401 token-claims'],
    ['an unknown permission', { can: ['chat', 'fly'] }, '401 token-claims'],
    ['permissions as a text', { can: 'chat' }, '401 token-claims'],
    ['a permission twice', { can: ['chat', 'chat'] }, '401 token-claims'],
  ];
  for (const [what, changes, expected] of REFUSED) {
    it(`must not have ${what}`, () => {
      const claims = read(changes);
      if (claims.kind === 'claims') throw new Error('it was taken');
      expect(`${claims.refusal.status} ${claims.refusal.error}`).to.equal(expected);
    });
  }
});
