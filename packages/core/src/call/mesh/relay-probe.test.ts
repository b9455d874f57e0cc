import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { type ProbedMesh, RelayProbe } from './relay-probe.js';

const RELAY = 'candidate:1 1 udp 1 192.0.2.1 50000 typ relay raddr 0.0.0.0 rport 0';

function setUp() {
  const clock = new FakeClock();
  const made: { configuration: RTCConfiguration; pc: RTCPeerConnection; closed: number }[] = [];
  const retried: string[] = [];
  const links = new Map([
    ['ann', { link: { status: 'failed' } }],
    ['ben', { link: { status: 'reconnecting' } }],
    ['cem', { link: { status: 'failed' } }],
  ]);
  const lacking = new Set(['ann', 'ben']);
  const mesh = {
    links,
    relays: { lacking },
    retry: (session: string) => void retried.push(session),
    configuration: () => ({ iceServers: [{ urls: 'turn:t' }] }),
  } as unknown as ProbedMesh;
  const create = (configuration: RTCConfiguration): RTCPeerConnection => {
    const pc = {
      createDataChannel: () => undefined,
      setLocalDescription: () => Promise.resolve(),
      close: () => void (entry.closed += 1),
    } as unknown as RTCPeerConnection;
    const entry = { configuration, pc, closed: 0 };
    made.push(entry);
    return pc;
  };
  const find = (candidate: string): void =>
    made.at(-1)?.pc.onicecandidate?.({ candidate: { candidate } } as RTCPeerConnectionIceEvent);
  return { clock, made, retried, lacking, find, probe: new RelayProbe(clock, create, mesh) };
}

describe('RelayProbe', () => {
  it('looks every 30 s, and retries what was given up for want of a relay once there is one', async () => {
    const { clock, made, retried, find, probe } = setUp();
    probe.wake();
    probe.wake();
    await clock.advanceAsync(29_999);
    expect(made).to.have.length(0);
    await clock.advanceAsync(1);
    expect(made.map(({ configuration }) => configuration)).to.deep.equal([
      { iceServers: [{ urls: 'turn:t' }], iceTransportPolicy: 'relay' },
    ]);
    await clock.advanceAsync(8_000);
    expect([made[0]?.closed, retried]).to.deep.equal([1, []]);
    await clock.advanceAsync(30_000);
    expect(made).to.have.length(2);
    find('candidate:1 1 udp 1 10.0.0.1 9 typ host');
    find(RELAY);
    await clock.advanceAsync(1);
    expect([made[1]?.closed, retried]).to.deep.equal([1, ['ann']]);
    probe.close();
    expect(clock.pending).to.equal(0);
  });

  it('makes no connection while nothing was given up, or if all is well when it is due', async () => {
    const { clock, made, lacking, probe } = setUp();
    probe.wake();
    lacking.clear();
    await clock.advanceAsync(60_000);
    probe.wake();
    expect([made.length, clock.pending]).to.deep.equal([0, 0]);
  });

  it('ends what is under way when the call does', async () => {
    const { clock, made, retried, find, probe } = setUp();
    probe.wake();
    await clock.advanceAsync(30_000);
    probe.close();
    await clock.advanceAsync(0);
    find(RELAY);
    await clock.advanceAsync(60_000);
    expect([made.length, made[0]?.closed, retried.length]).to.deep.equal([1, 1, 0]);
    expect(clock.pending).to.equal(0);
  });
});
