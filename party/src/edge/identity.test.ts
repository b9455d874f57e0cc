import { expect } from '@esm-bundle/chai';

import { identifyByKey } from './identity.js';

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
    expect((await identifyByKey('standup', { ...hello, name: 'Ben' })).user).to.equal(user);
    expect((await identifyByKey('other', hello)).user).not.to.equal(user);
    expect(user).to.equal('8hK6d8k9MQGQqlsdqDn4A_');
  });
});
