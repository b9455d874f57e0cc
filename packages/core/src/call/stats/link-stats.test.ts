import { expect } from '@esm-bundle/chai';

import { type LinkReading, readLink } from './link-stats.js';

interface Entry {
  readonly id: string;
  readonly [key: string]: unknown;
}

const report = (...stats: readonly Entry[]): RTCStatsReport =>
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
    },
    { id: 'l', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    { id: 'r', type: 'remote-candidate', candidateType: remote },
    { id: 'in', type: 'inbound-rtp', packetsReceived: seconds * 90, packetsLost: seconds * 10 },
    ...(chromium ? [{ id: 't', type: 'transport', selectedCandidatePairId: 'pair' }] : []),
  );

/** Two readings, a second apart: `first`, then the same with the changes in `then`. */
function readTwice(first: readonly Entry[], then: Readonly<Record<string, object>>): LinkReading {
  const second = first.map((entry) => ({ ...entry, ...then[entry.id] }));
  const { totals } = readLink(report(...first), null, 1_000);
  return readLink(report(...second), totals, 2_000);
}

const PAIR: Entry = { id: 'pair', type: 'candidate-pair', selected: true, bytesReceived: 1_000 };

const NOTHING = {
  rttMs: null,
  loss: 0,
  lossOut: null,
  inBps: 0,
  outBps: 0,
  transport: null,
  pictureIn: null,
  pictureOut: null,
  codecs: [],
};

describe('readLink', () => {
  for (const chromium of [true, false]) {
    it(`reads a report as ${chromium ? 'Chromium' : 'Firefox'} gives it`, () => {
      const first = readLink(sample(1, 'relay', chromium), null, 1_000);
      const { path, stats: read } = readLink(sample(3, 'host', chromium), first.totals, 3_000);
      expect(first.path).to.equal('relayed');
      expect(first.stats.inBps).to.equal(0);
      expect(path).to.equal('direct');
      expect(read).to.deep.equal({
        ...NOTHING,
        rttMs: 50,
        loss: 0.1,
        inBps: 8_000,
        outBps: 16_000,
        transport: 'udp',
      });
    });
  }

  it('knows nothing of an empty report', () => {
    const { path, stats: read } = readLink(report(), null, 0);
    expect(path).to.equal(null);
    expect(read).to.deep.equal(NOTHING);
  });

  it('reports the transport by which a relay is reached', () => {
    const local = {
      id: 'l',
      type: 'local-candidate',
      candidateType: 'relay',
      relayProtocol: 'tls',
    };
    const { path, stats } = readLink(
      report({ ...PAIR, localCandidateId: 'l' }, { ...local, protocol: 'udp' }),
      null,
      0,
    );
    expect([path, stats.transport]).to.deep.equal(['relayed', 'tls']);
  });

  it('takes the loss of what we send from their reports, weighted by how much was sent', () => {
    const { stats, facts } = readTwice(
      [
        { id: 'voice', type: 'outbound-rtp', packetsSent: 0 },
        { id: 'face', type: 'outbound-rtp', packetsSent: 0 },
        { id: 'off', type: 'outbound-rtp', packetsSent: 500 },
        { id: 'a', type: 'remote-inbound-rtp', localId: 'voice', fractionLost: 0.5 },
        { id: 'b', type: 'remote-inbound-rtp', localId: 'face', fractionLost: 0 },
        { id: 'c', type: 'remote-inbound-rtp', localId: 'off', fractionLost: 1 },
      ],
      { voice: { packetsSent: 50 }, face: { packetsSent: 50 } },
    );
    expect(stats.lossOut).to.equal(0.25);
    expect(facts.lossOut).to.equal(0.25);
  });

  it('takes the round trip from RTCP if pairs have none', () => {
    const told = { id: 'a', type: 'remote-inbound-rtp', roundTripTime: 0.08 };
    expect(readLink(report(PAIR, told), null, 0).stats.rttMs).to.equal(80);
  });

  it('shows the largest picture that moves, and the codecs in use', () => {
    const { stats } = readTwice(
      [
        { id: 'c1', type: 'codec', mimeType: 'video/VP8' },
        { id: 'c2', type: 'codec', mimeType: 'audio/opus' },
        { id: 'v', type: 'inbound-rtp', codecId: 'c2' },
        { id: 's', type: 'inbound-rtp', frameWidth: 1_920, frameHeight: 1_080, framesPerSecond: 0 },
        { id: 'f', type: 'inbound-rtp', frameWidth: 640, frameHeight: 480, framesPerSecond: 29.6 },
        { id: 'o', type: 'outbound-rtp', codecId: 'c1', frameWidth: 320, frameHeight: 240 },
      ],
      { f: { codecId: 'c1' }, o: { framesPerSecond: 15 } },
    );
    expect(stats.pictureIn).to.deep.equal({ width: 640, height: 480, fps: 30 });
    expect(stats.pictureOut).to.deep.equal({ width: 320, height: 240, fps: 15 });
    expect(stats.codecs).to.deep.equal(['VP8', 'opus']);
  });

  it('reports what limits our pictures, and the uplink only if it does', () => {
    const out = { id: 'o', type: 'outbound-rtp', qualityLimitationReason: 'none' };
    const pair = { ...PAIR, availableOutgoingBitrate: 90_000 };
    const facts = (reason: string): unknown[] => {
      const { uplinkBps, isProcessorShort } = readTwice([pair, out], {
        o: { qualityLimitationReason: reason },
      }).facts;
      return [uplinkBps, isProcessorShort];
    };
    expect(facts('none')).to.deep.equal([null, false]);
    expect(facts('bandwidth')).to.deep.equal([90_000, false]);
    expect(facts('cpu')).to.deep.equal([null, true]);
  });

  it('reports the share of frames that were dropped', () => {
    const { facts } = readTwice(
      [{ id: 'in', type: 'inbound-rtp', framesDecoded: 100, framesDropped: 10 }],
      { in: { framesDecoded: 115, framesDropped: 25 } },
    );
    expect(facts.dropped).to.equal(0.5);
  });
});

describe('a report that cannot be true', () => {
  const whole: readonly Entry[] = [
    { ...PAIR, bytesSent: 9, currentRoundTripTime: 0.05, availableOutgoingBitrate: 1e6 },
    {
      id: 'in',
      type: 'inbound-rtp',
      packetsReceived: 900,
      packetsLost: 100,
      framesDecoded: 90,
      framesDropped: 10,
      frameWidth: 640,
      frameHeight: 480,
      framesPerSecond: 30,
    },
    { id: 'out', type: 'outbound-rtp', packetsSent: 900, qualityLimitationReason: 'none' },
    { id: 'rtcp', type: 'remote-inbound-rtp', localId: 'out', fractionLost: 0, roundTripTime: 0 },
  ];
  const BROKEN: readonly (readonly [string, unknown])[] = [
    ['zero', 0],
    ['negative', -5],
    ['not a number', NaN],
    ['endless', Infinity],
    ['missing', undefined],
    ['a text', '12'],
    ['an object', {}],
  ];

  for (const [title, value] of BROKEN) {
    it(`misleads nobody where every figure is ${title}`, () => {
      const broken = whole.map((entry) => {
        const keys = Object.keys(entry).filter((key) => typeof entry[key] === 'number');
        return { ...entry, ...Object.fromEntries(keys.map((key) => [key, value])) };
      });
      const first = readLink(report(...whole), null, 1_000);
      const second = readLink(report(...broken), first.totals, 2_000);
      expect(second.stats).to.deep.include({ loss: 0, inBps: 0, outBps: 0, lossOut: null });
      expect(second.facts).to.deep.include({ lossIn: 0, dropped: 0, uplinkBps: null });
      expect([null, 0]).to.include(second.stats.rttMs);
      // Nor when the figures return: what was missing did not happen in this second.
      const third = readLink(report(...whole), second.totals, 3_000);
      if (value !== 0) expect(third.stats).to.deep.include({ loss: 0, inBps: 0 });
    });
  }

  it('counts no more than everything as lost, and no time as a second', () => {
    const { totals } = readLink(report(...whole), null, 1_000);
    const later = whole.map((entry) =>
      entry.id === 'rtcp' ? { ...entry, fractionLost: 7 } : { ...entry, packetsSent: 950 },
    );
    const { stats } = readLink(report(...later), totals, 1_000);
    expect(stats.lossOut).to.equal(null);
    expect(Object.values(stats).some((value) => Number.isNaN(value))).to.equal(false);
  });

  it('ignores streams without a byte', () => {
    const silent = { id: 'in', type: 'inbound-rtp', packetsReceived: 0, packetsLost: 0 };
    const { stats, facts } = readTwice([{ ...PAIR, bytesReceived: 0 }, silent], {});
    expect([stats.loss, facts.lossIn, facts.dropped]).to.deep.equal([0, 0, 0]);
  });

  it('starts over with a stream that is new', () => {
    const { totals } = readLink(report(PAIR), null, 1_000);
    const stream = { id: 'in', type: 'inbound-rtp', packetsReceived: 100, packetsLost: 900 };
    expect(readLink(report(PAIR, stream), totals, 2_000).stats.loss).to.equal(0);
  });
});
