import { expect } from '@esm-bundle/chai';

import { noteOf } from '../edge/connection-note.js';
import { createIdentify, identifyByKey } from './identity.js';

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

  it('is missed by a room that asks for tokens, and by no other', async () => {
    const open = await createIdentify(false)('standup', hello, note);
    expect(open).to.deep.equal(await identifyByKey('standup', hello));
    const error: unknown = await createIdentify(true)('standup', hello, note).catch(
      (it: unknown) => it,
    );
    expect(String(error)).to.contain('no token was checked');
  });
});
