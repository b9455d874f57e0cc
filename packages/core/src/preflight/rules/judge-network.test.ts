import { expect } from '@esm-bundle/chai';

import { type Findings, judgeNetwork } from './judge-network.js';
import type { ServerReach } from './network-report.js';

const room = { isReachable: true, rttMs: 30 };
const relay = { url: 'turn:a', rttMs: 40, bps: 5_000_000 };

const server = (
  kind: 'stun' | 'turn',
  transport: 'udp' | 'tcp' | 'tls',
  problem: ServerReach['problem'] = null,
): ServerReach => ({
  url: `${kind}:a`,
  kind,
  transport,
  isReachable: problem === null,
  tookMs: problem ? null : 20,
  problem,
});

const STUN = server('stun', 'udp');
const UDP = server('turn', 'udp');
const TCP = server('turn', 'tcp');
const NO_STUN = server('stun', 'udp', 'unreachable');
const NO_UDP = server('turn', 'udp', 'unreachable');
const NO_TLS = server('turn', 'tls', 'unreachable');
const REFUSED = server('turn', 'udp', 'refused');
const FULL = server('turn', 'udp', 'full');

const TABLE: readonly (readonly [string, Partial<Findings>, string])[] = [
  ['a room and no servers', {}, 'good null'],
  ['everything', { servers: [STUN, UDP, TCP], relay }, 'good null'],
  ['everything by UDP, TLS shut', { servers: [STUN, UDP, NO_TLS], relay }, 'good null'],
  ['no room', { room: { isReachable: false, rttMs: null } }, 'poor room-unreachable'],
  ['no server', { servers: [NO_STUN, NO_UDP, NO_TLS] }, 'poor no-path'],
  ['a server that cannot be used', { servers: [server('stun', 'udp', 'invalid')] }, 'poor no-path'],
  ['a pass that is not accepted', { servers: [STUN, REFUSED] }, 'fair relay-refused'],
  ['the same without STUN', { servers: [REFUSED] }, 'fair relay-refused'],
  ['a relay whose quota is used up', { servers: [STUN, FULL] }, 'fair relay-full'],
  ['the same without STUN', { servers: [FULL, NO_TLS] }, 'fair relay-full'],
  ['a quota and a pass', { servers: [FULL, REFUSED] }, 'fair relay-refused'],
  ['STUN and no relay', { servers: [STUN, NO_UDP] }, 'fair relay-unreachable'],
  ['a relay that carries nothing', { servers: [STUN, UDP] }, 'fair relay-unreachable'],
  ['TCP alone', { servers: [NO_STUN, NO_UDP, TCP], relay }, 'fair udp-blocked'],
  ['a room far away', { room: { isReachable: true, rttMs: 700 } }, 'fair slow'],
  ['a room that refuses us', { room: { isReachable: true, rttMs: null } }, 'good null'],
  ['a relay far away', { servers: [UDP], relay: { ...relay, rttMs: 900 } }, 'fair slow'],
  ['little through the relay', { servers: [UDP], relay: { ...relay, bps: 300_000 } }, 'fair slow'],
  ['next to nothing', { servers: [UDP], relay: { ...relay, bps: 0 } }, 'poor slow'],
];

describe('judgeNetwork', () => {
  for (const [title, findings, expected] of TABLE) {
    it(`says "${expected}" of ${title}`, () => {
      const { quality, problem } = judgeNetwork({ room, servers: [], relay: null, ...findings });
      expect(`${quality} ${problem}`).to.equal(expected);
    });
  }
});
