import { expect } from '@esm-bundle/chai';

import { noteOf } from '../edge/connection-note.js';
import { createIceServerIssuer } from './ice-servers.js';

const note = noteOf(new Headers(), 0);

describe('ICE servers', () => {
  it('are one public STUN server, and none on loopback', async () => {
    const issuer = createIceServerIssuer({ kind: 'none' }, console);
    expect(await issuer.issue('ann', note)).to.deep.equal({
      iceServers: [{ urls: ['stun:stun.cloudflare.com:3478'] }],
      ttlMs: null,
    });
    expect((await issuer.issue('ann', { ...note, local: true })).iceServers).to.deep.equal([]);
  });

  it('are those that the deployment names, even on loopback', async () => {
    const iceServers = [{ urls: ['turn:turn.example.com'], username: 'u', credential: 'c' }];
    const issuer = createIceServerIssuer({ kind: 'static', iceServers }, console);
    const issued = await issuer.issue('ann', { ...note, local: true });
    expect(issued).to.deep.equal({ iceServers, ttlMs: null });
  });

  it('[EN-9] are valid for less time than usual on request, and never for more', async () => {
    const turn = {
      kind: 'coturn',
      urls: ['turn:turn.example.com'],
      secret: 's',
      ttlSeconds: 600,
    } as const;
    const issuer = createIceServerIssuer(turn, console);
    expect((await issuer.issue('ann', note)).ttlMs).to.equal(600_000);
    expect((await issuer.issue('ann', note, 60_000)).ttlMs).to.equal(60_000);
    expect((await issuer.issue('ann', note, 900_000)).ttlMs).to.equal(600_000);
  });

  describe('of a TURN server', () => {
    const turn = { kind: 'coturn', urls: ['turn:t.example'], secret: 's', ttlSeconds: 60 } as const;
    const issuer = createIceServerIssuer(turn, console, {
      turnName: async (address, user, isLocal) => `${address}/${user}/${isLocal}`,
    });
    const known = { ...note, address: 'home' };
    const identity = { user: 'ann', role: null, name: null, can: null };
    const nameOf = async (...args: Parameters<typeof issuer.issue>): Promise<string> =>
      (await issuer.issue(...args)).iceServers[0]?.username?.replace(/^\d+:/, '') ?? '';

    it('[LI-6] are for a name that the address has, unless a token names the user', async () => {
      expect(await nameOf('ann', known)).to.equal('home/ann/false');
      expect(await nameOf('ann', { ...known, identity })).to.equal('ann');
      expect(await nameOf('ann', note), 'no address is known').to.equal('ann');
    });

    it('[LI-6] [EN-9] are for one name of all network checks of an address', async () => {
      const [first, again] = [await nameOf(null, known), await nameOf(null, known)];
      expect(first).to.match(/^[A-Za-z0-9_-]{22}$/);
      expect(again).to.equal(first);
      expect(await nameOf(null, { ...known, address: 'office' })).not.to.equal(first);
      expect(await nameOf(null, note)).not.to.equal(await nameOf(null, note));
    });
  });
});
