import { expect } from '@esm-bundle/chai';

import { noteOf } from './connection-note.js';
import { createIceGrants } from './ice-servers.js';

const note = noteOf(new Headers(), 0);

describe('ICE servers', () => {
  it('are one public STUN server, and none on loopback', async () => {
    const grants = createIceGrants({ kind: 'none' }, console);
    expect(await grants.grant('ann', note)).to.deep.equal({
      iceServers: [{ urls: ['stun:stun.cloudflare.com:3478'] }],
      ttlMs: null,
    });
    expect((await grants.grant('ann', { ...note, local: true })).iceServers).to.deep.equal([]);
  });

  it('are those that the deployment names, on loopback too', async () => {
    const iceServers = [{ urls: ['turn:turn.example.com'], username: 'u', credential: 'c' }];
    const granted = await createIceGrants({ kind: 'static', iceServers }, console).grant('ann', {
      ...note,
      local: true,
    });
    expect(granted).to.deep.equal({ iceServers, ttlMs: null });
  });
});
