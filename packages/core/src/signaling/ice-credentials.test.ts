import { expect } from '@esm-bundle/chai';
import type { IceServer } from '@rtc-elements/protocol';

import { FakeRoomContext } from '../../../../tests/support/fake-room-context.js';
import type { RtcError } from '../state/errors.js';
import { IceRenewal } from './ice-credentials.js';

const setUp = () => {
  const room = new FakeRoomContext();
  const errors: RtcError[] = [];
  const servers: (readonly IceServer[])[] = [];
  const renewal: IceRenewal = new IceRenewal(room.clock, {
    ask: () => room.requests.ask({ type: 'ice.get' }),
    isNeeded: () => true,
    onChange: () => void servers.push(renewal.servers),
    onRefused: (error) => void errors.push(error),
  });
  return { room, renewal, errors, servers };
};

describe('IceRenewal', () => {
  it('[EN-8] asks for fresh ICE servers before 80 % of their lifetime has passed', async () => {
    const { room, renewal, servers } = setUp();
    renewal.take({ servers: [], ttlMs: 100_000, since: room.clock.now() });
    room.clock.advance(49_999);
    expect(room.sent).to.have.length(0);
    for (let ms = 0; ms < 30_001 && room.sent.length === 0; ms += 100) room.clock.advance(100);
    expect(room.sent.map(({ type }) => type)).to.deep.equal(['ice.get']);
    room.refuse('rate-limited', 900);
    await room.clock.advanceAsync(900);
    expect(room.sent).to.have.length(2);
    const iceServers = [{ urls: ['turn:x'] }];
    room.answer({ type: 'ice', ref: room.ref, iceServers, iceTtlMs: 10_000 });
    await room.clock.advanceAsync(4_999);
    expect(servers).to.deep.equal([iceServers]);
    expect(room.sent).to.have.length(2);
    await room.clock.advanceAsync(3_001);
    expect(room.sent).to.have.length(3);
    renewal.stop();
    room.requests.onUnreachable();
    await room.clock.advanceAsync(100_000);
    expect(room.sent, 'the next welcome brings others').to.have.length(3);
    expect(room.clock.pending).to.equal(0);
  });

  it('[EN-8] asks at once when a server rejects its credentials, but not repeatedly', async () => {
    const { room, renewal, errors } = setUp();
    for (let refusal = 0; refusal < 5; refusal += 1) renewal.onTurnRefused();
    expect(room.sent).to.have.length(1);
    expect(errors.map(({ code }) => code)).to.include('turn-refused');
    room.answer({ type: 'ice', ref: room.ref, iceServers: [] });
    await room.clock.advanceAsync(30_000);
    renewal.onTurnRefused();
    expect(room.sent).to.have.length(2);
  });

  it('[EN-8] asks again without another error when fresh credentials are rejected, too', async () => {
    const { room, renewal, errors } = setUp();
    renewal.onTurnRefused();
    room.answer({ type: 'ice', ref: room.ref, iceServers: [] });
    await room.clock.advanceAsync(30_000);
    renewal.onTurnRefused(true);
    expect(room.sent).to.have.length(2);
    expect(errors.map(({ code }) => code)).to.deep.equal(['turn-refused']);
  });
});
