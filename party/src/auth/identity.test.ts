import { expect } from '@esm-bundle/chai';

import { noteOf } from '../edge/connection-note.js';
import { createIdentify, identifyByKey, userOf } from './identity.js';

const hello = {
  type: 'hello',
  protocol: 1,
  name: 'Ann',
  key: 'V1StGXR8_Z5jdHi6B-myT0a',
  call: false,
  media: { microphone: false, camera: false, screen: false },
} as const;

describe('identity by key', () => {
  it('[EN-3] is the documented digest, one per room', async () => {
    const { user } = await identifyByKey('standup', hello);
    expect(user).to.match(/^[A-Za-z0-9_-]{22}$/);
    const ben = { ...hello, name: 'Ben' };
    expect((await identifyByKey('standup', ben)).user).to.equal(user);
    expect((await identifyByKey('other', hello)).user).not.to.equal(user);
    expect(user).to.equal('8hK6d8k9MQGQqlsdqDn4A_');
  });
});

describe('identity by token', () => {
  const note = noteOf(new Headers(), 0);
  const identity = { user: 'ann', role: 'host', name: 'Ann Lee', can: null } as const;

  it('is what the edge found, whatever the key', async () => {
    const known = { ...note, identity };
    expect(await createIdentify(true)('standup', hello, known)).to.deep.equal(identity);
    expect(await createIdentify(false)('standup', hello, known)).to.deep.equal(identity);
  });

  it('is required by rooms that ask for tokens, and by no others', async () => {
    const open = await createIdentify(false)('standup', hello, note);
    expect(open).to.deep.equal(await identifyByKey('standup', hello));
    const error: unknown = await createIdentify(true)('standup', hello, note).catch(
      (it: unknown) => it,
    );
    expect(String(error)).to.contain('no token was checked');
  });

  it('makes a user of any subject', async () => {
    expect(await userOf('ann_1')).to.equal('ann_1');
    const digest = await userOf('auth0|ann@example.com');
    expect(digest).to.match(/^[A-Za-z0-9_-]{22}$/);
    expect(await userOf('auth0|ben@example.com')).not.to.equal(digest);
    expect(await userOf('x'.repeat(65))).to.have.length(22);
  });
});
