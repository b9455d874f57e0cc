import { expect } from '@esm-bundle/chai';

import { noteOf } from '../edge/connection-note.js';
import { createIceServerIssuer } from './ice-servers.js';

const note = noteOf(new Headers(), 0);

describe('ICE servers', () => {
  it('are one public STUN server, and none on loopback', async () => {
    const grants = createIceServerIssuer({ kind: 'none' }, console);
    expect(await grants.grant('ann', note)).to.deep.equal({
      iceServers: [{ urls: ['stun:stun.cloudflare.com:3478'] }],
      ttlMs: null,
    });
    expect((await grants.grant('ann', { ...note, local: true })).iceServers).to.deep.equal([]);
  });

  it('are those that the deployment names, on loopback too', async () => {
    const iceServers = [{ urls: ['turn:turn.example.com'], username: 'u', credential: 'c' }];
    const granted = await createIceServerIssuer({ kind: 'static', iceServers }, console).grant(
      'ann',
      {
        ...note,
        local: true,
      },
    );
    expect(granted).to.deep.equal({ iceServers, ttlMs: null });
  });

  it('[EN-9] are made for less time than usual where less will do, and never for more', async () => {
    const turn = {
      kind: 'coturn',
      urls: ['turn:turn.example.com'],
      secret: 's',
      ttlSeconds: 600,
    } as const;
    const grants = createIceServerIssuer(turn, console);
    expect((await grants.grant('ann', note)).ttlMs).to.equal(600_000);
    expect((await grants.grant('ann', note, 60_000)).ttlMs).to.equal(60_000);
    expect((await grants.grant('ann', note, 900_000)).ttlMs).to.equal(600_000);
  });
});
