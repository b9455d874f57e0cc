import { expect } from '@esm-bundle/chai';

import type { LinkStats, Quality } from '../state/room-state.js';
import { judgeQuality, readLink } from './link-stats.js';

const report = (...stats: { readonly id: string }[]): RTCStatsReport =>
  new Map(stats.map((stat) => [stat.id, stat]));

const sample = (seconds: number, remote: string, chromium: boolean): RTCStatsReport =>
  report(
    {
      id: 'pair',
      type: 'candidate-pair',
      localCandidateId: 'l',
      remoteCandidateId: 'r',
      currentRoundTripTime: 0.05,
      bytesReceived: seconds * 1_000,
      bytesSent: seconds * 2_000,
      ...(!chromium && { selected: true }),
    } as { id: string },
    { id: 'l', type: 'local-candidate', candidateType: 'host' } as { id: string },
    { id: 'r', type: 'remote-candidate', candidateType: remote } as { id: string },
    { id: 'in', type: 'inbound-rtp', packetsReceived: seconds * 90, packetsLost: seconds * 10 } as {
      id: string;
    },
    ...(chromium
      ? [{ id: 't', type: 'transport', selectedCandidatePairId: 'pair' } as { id: string }]
      : []),
  );

const stats = (loss: number, rttMs = 50): LinkStats => ({ loss, rttMs, inBps: 0, outBps: 0 });

describe('readLink', () => {
  for (const chromium of [true, false]) {
    it(`reads a report as ${chromium ? 'Chromium' : 'Firefox'} gives it`, () => {
      const first = readLink(sample(1, 'relay', chromium), null, 1_000);
      const { path, stats: read } = readLink(sample(3, 'host', chromium), first.totals, 3_000);
      expect(first.path).to.equal('relayed');
      expect(first.stats.inBps).to.equal(0);
      expect(path).to.equal('direct');
      expect(read).to.deep.equal({ rttMs: 50, loss: 0.1, inBps: 8_000, outBps: 16_000 });
    });
  }

  it('knows nothing of an empty report', () => {
    const { path, stats: read } = readLink(report(), null, 0);
    expect(path).to.equal(null);
    expect(read).to.deep.equal({ rttMs: null, loss: 0, inBps: 0, outBps: 0 });
  });
});

describe('judgeQuality', () => {
  it('falls at a limit and rises only well inside it', () => {
    let quality: Quality | null = null;
    const seen = [0, 0.03, 0.018, 0.01, 0.1, 0.07, 0.05].map((loss) => {
      quality = judgeQuality(stats(loss), quality);
      return quality;
    });
    expect(seen).to.deep.equal(['good', 'fair', 'fair', 'good', 'poor', 'poor', 'fair']);
    expect(judgeQuality(stats(0, 600), null)).to.equal('poor');
  });
});
