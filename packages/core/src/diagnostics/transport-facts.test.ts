import { expect } from '@esm-bundle/chai';

import { transportFacts } from './transport-facts.js';

const report = (stats: readonly { readonly id: string }[]): RTCStatsReport =>
  new Map(stats.map((stat) => [stat.id, stat]));

const candidate = (id: string, address: string | null): { readonly id: string } =>
  Object.assign(
    { id, type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    { address },
  );

describe('transportFacts', () => {
  it('takes over what describes a link, and nothing that identifies anybody', () => {
    const facts = transportFacts(
      report([
        { id: 'T', ...{ type: 'transport', dtlsState: 'connected', selectedCandidatePairId: 'P' } },
        {
          id: 'P',
          ...{ type: 'candidate-pair', currentRoundTripTime: 0.05, localCandidateId: 'L' },
          ...{ remoteCandidateId: 'R' },
        },
        { ...candidate('L', '203.0.113.9'), ...{ candidateType: 'relay', relayProtocol: 'tls' } },
        { ...candidate('R', '192.168.1.7'), ...{ type: 'remote-candidate', url: 'turn:secret' } },
        { id: 'C', ...{ type: 'codec', mimeType: 'video/VP8', sdpFmtpLine: 'x' } },
        {
          id: 'O',
          ...{ type: 'outbound-rtp', kind: 'video', codecId: 'C', frameWidth: 640 },
          ...{ qualityLimitationReason: 'cpu', trackIdentifier: 'secret', ssrc: 7 },
        },
      ]),
    );
    expect(facts).to.deep.equal({
      transport: { dtlsState: 'connected', currentRoundTripTime: 0.05 },
      pair: {
        local: { candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls', address: 'IPv4' },
        remote: { candidateType: 'host', protocol: 'udp', address: 'private IPv4' },
      },
      candidates: { local: { 'relay udp': 1 }, remote: { 'host udp': 1 } },
      sends: [
        {
          ...{ kind: 'video', frameWidth: 640, qualityLimitationReason: 'cpu' },
          mimeType: 'video/VP8',
        },
      ],
      receives: [],
    });
  });

  for (const [address, kind] of [
    ['8a1f0c22-0000-4000-8000-000000000000.local', 'mDNS'],
    ['10.0.0.1', 'private IPv4'],
    ['172.31.0.1', 'private IPv4'],
    ['172.32.0.1', 'IPv4'],
    ['100.64.0.1', 'private IPv4'],
    ['2001:db8::1', 'IPv6'],
    ['fd00::1', 'private IPv6'],
    ['fe80::1', 'private IPv6'],
    ['', 'hidden'],
    [null, 'hidden'],
  ] as const) {
    it(`calls ${String(address)} ${kind}`, () => {
      const { pair } = transportFacts(
        report([
          { id: 'P', ...{ type: 'candidate-pair', selected: true, localCandidateId: 'L' } },
          candidate('L', address),
        ]),
      );
      expect(pair?.local['address']).to.equal(kind);
    });
  }

  it('finds nothing in an empty report', () => {
    expect(transportFacts(report([])).pair).to.equal(null);
  });
});
