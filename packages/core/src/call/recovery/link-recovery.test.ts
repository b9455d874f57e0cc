import type { Description } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { createRecovery } from './link-recovery.js';
import type { LinkHealth } from '../link/link-world.js';

const described = (type: 'offer' | 'answer', ufrag: string): Description => ({
  type,
  sdp: `a=ice-ufrag:${ufrag}\r\n`,
});

function setUp() {
  const clock = new FakeClock();
  const health: { -readonly [Key in keyof LinkHealth]: LinkHealth[Key] } = {
    state: 'connected',
    since: clock.now(),
    isEarly: false,
    isUnsent: false,
    isExpected: true,
    isOffering: false,
  };
  const steps: string[] = [];
  const note = (step: string) => (): void => void steps.push(step);
  const link = {
    health,
    getStats: () => Promise.resolve(new Map() as unknown as RTCStatsReport),
    repeat: note('repeat'),
    lose: note('lose'),
    restart: note('restart'),
    rebuild: note('rebuild'),
    giveUp: note('give up'),
  };
  const recovery = createRecovery(link, clock, { onSilence: note('silence') });
  let bytesReceived = 1_000;
  const report = (): RTCStatsReport =>
    new Map([
      ['T', { type: 'transport', selectedCandidatePairId: 'P' }],
      ['P', { type: 'candidate-pair', bytesReceived }],
    ]);
  /** The peer sends nothing for this many seconds; each second is read. */
  const beSilent = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      recovery.read(report());
    }
  };
  /** The peer sends something, which is read a second later. */
  const speak = (): void => {
    bytesReceived += 1_000;
    beSilent(1);
  };
  beSilent(1);
  return { clock, health, recovery, speak, steps, beSilent };
}

const connection = (ufrag: string): RTCPeerConnection =>
  ({
    currentLocalDescription: described('offer', 'ours'),
    currentRemoteDescription: described('answer', ufrag),
  }) as RTCPeerConnection;

describe('LinkRecovery', () => {
  it('restarts a link that has been silent for 3 s, once', () => {
    const { recovery, steps, beSilent } = setUp();
    beSilent(2);
    expect(steps).to.deep.equal(['silence']);
    beSilent(20);
    expect(steps).to.deep.equal(['silence', 'restart']);
    recovery.close();
  });

  it('16: reports each silence once, and each lost path', () => {
    const { health, recovery, speak, steps, beSilent } = setUp();
    beSilent(2);
    speak();
    beSilent(2);
    expect(steps).to.deep.equal(['silence', 'silence']);
    speak();
    health.state = 'disconnected';
    recovery.look();
    health.state = 'failed';
    recovery.look();
    expect(steps.filter((step) => step === 'silence')).to.have.length(3);
    recovery.close();
  });

  it('17: regards a path as lost once nothing arrives, whatever the browser reports', () => {
    const { clock, health, recovery, speak, steps, beSilent } = setUp();
    speak();
    health.state = 'disconnected';
    health.since = clock.now();
    recovery.look();
    for (let second = 0; second < 5; second += 1) speak();
    expect(steps).not.to.include.members(['lose']);
    beSilent(3);
    expect(steps).to.include.members(['lose']);
    recovery.close();
  });

  it('59: does not regard it as silence when a peer sends nothing on purpose', () => {
    const { health, recovery, steps, beSilent } = setUp();
    health.isExpected = false;
    beSilent(20);
    expect(steps).to.deep.equal([]);
    recovery.close();
  });

  it('does not restart in a silence if the peer has restarted', () => {
    const { recovery, steps, beSilent } = setUp();
    beSilent(2);
    recovery.mend(connection('old'), described('offer', 'new'));
    beSilent(20);
    expect(steps).to.deep.equal(['silence']);
    recovery.close();
  });

  it('24: takes its own steps on a link that has failed, whatever the peer does', () => {
    const { clock, health, recovery, steps } = setUp();
    health.state = 'failed';
    recovery.look();
    clock.advance(9_000);
    recovery.mend(connection('old'), described('offer', 'new'));
    clock.advance(1_000);
    expect(steps).to.deep.equal(['silence', 'restart', 'restart']);
    recovery.close();
  });

  it('does not regard an offer of the same ICE generation as a restart', () => {
    const { recovery, steps, beSilent } = setUp();
    beSilent(2);
    recovery.mend(connection('old'), described('offer', 'old'));
    beSilent(2);
    expect(steps).to.deep.equal(['silence', 'restart']);
    recovery.close();
  });
});
