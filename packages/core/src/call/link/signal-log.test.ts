import type { SignalBody } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import { IncomingSignals, OutgoingSignals } from './signal-log.js';

const offer = { type: 'offer', sdp: 'v=0' } as const;
const candidate = (n: number): { candidate: string } => ({ candidate: `candidate:${n}` });

const setup = (): { clock: FakeClock; out: OutgoingSignals; sent: SignalBody[] } => {
  const clock = new FakeClock();
  const out = new OutgoingSignals(clock, 1);
  const sent: SignalBody[] = [];
  out.open((body) => sent.push(body));
  return { clock, out, sent };
};

describe('OutgoingSignals', () => {
  it('[SG-2] sends a description at once, numbered from 0', () => {
    const { out, sent } = setup();
    out.describe(offer, { 0: 'microphone' }, null);
    expect(sent).to.deep.equal([
      { epoch: 1, n: 0, description: offer, sources: { 0: 'microphone' } },
    ]);
  });

  it('[SG-2] sends at most one frame of candidates per 20 ms', () => {
    const { clock, out, sent } = setup();
    out.add(candidate(0));
    clock.advance(0);
    for (let n = 1; n <= 40; n += 1) {
      out.add(candidate(n));
      clock.advance(1);
    }
    clock.advance(20);
    expect(sent.length).to.equal(3);
    expect(sent.flatMap((body) => body.candidates).length).to.equal(41);
    expect(sent.map(({ n }) => n)).to.deep.equal([0, 1, 2]);
    expect(clock.pending).to.equal(0);
  });

  it('[SG-2] splits more candidates than a signal may carry', () => {
    const { clock, out, sent } = setup();
    for (let n = 0; n < 100; n += 1) out.add(candidate(n));
    clock.advance(20);
    expect(sent.map((body) => body.candidates?.length)).to.deep.equal([64, 36]);
  });

  it('[SG-2] leaves candidates to the description that follows them', () => {
    const { clock, out, sent } = setup();
    out.add(candidate(0));
    out.describe(offer, {}, null);
    clock.advance(100);
    expect(sent.length).to.equal(1);
  });

  it('[EN-6] holds everything until the addressee is known, and skips the number of the early offer', () => {
    const clock = new FakeClock();
    const out = new OutgoingSignals(clock, 1);
    out.skip();
    out.add(candidate(0));
    clock.advance(20);
    const sent: SignalBody[] = [];
    out.open((body) => sent.push(body));
    expect(sent).to.deep.equal([{ epoch: 1, n: 1, candidates: [candidate(0)] }]);
  });

  it('starts counting again in a new epoch', () => {
    const { out, sent } = setup();
    out.describe(offer, {}, null);
    out.begin(2);
    out.describe(offer, {}, null);
    expect(sent.map(({ epoch, n }) => [epoch, n])).to.deep.equal([
      [1, 0],
      [2, 0],
    ]);
  });
});

describe('IncomingSignals', () => {
  it('[SG-3] drops a repeated n', () => {
    const incoming = new IncomingSignals(1);
    expect([0, 1, 1, 0, 2].map((n) => incoming.judge({ epoch: 1, n }))).to.deep.equal([
      'current',
      'current',
      'stale',
      'stale',
      'current',
    ]);
  });

  it('[SG-3] drops what belongs to an older epoch', () => {
    const incoming = new IncomingSignals(3);
    expect(incoming.judge({ epoch: 2, n: 9, description: offer })).to.equal('stale');
  });

  it('[SG-3] begins a newer epoch only with an offer', () => {
    const incoming = new IncomingSignals(1);
    expect(incoming.judge({ epoch: 2, n: 1 })).to.equal('stale');
    expect(incoming.judge({ epoch: 2, n: 0, description: offer })).to.equal('newer');
    incoming.begin(2);
    expect(incoming.judge({ epoch: 2, n: 0, description: offer })).to.equal('current');
  });
});
