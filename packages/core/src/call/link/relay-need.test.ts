import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../../tests/support/fake-clock.js';
import type { LinkWorld } from './link-world.js';
import { RelayNeed } from './relay-need.js';

const TURN_URL = 'turn:t.example:3478?transport=udp';
const TURN: RTCIceServer = { urls: TURN_URL, username: 'u', credential: 'c' };

interface Setup {
  readonly relayOnly?: boolean;
  readonly servers?: readonly RTCIceServer[];
}

/** A link whose browser does what the test says. */
function setUp({ relayOnly = false, servers = [TURN] }: Setup = {}) {
  const clock = new FakeClock();
  const told: (string | null)[] = [];
  const asked: string[] = [];
  const world = {
    clock,
    configuration: (): RTCConfiguration => ({
      iceServers: [...servers],
      ...(relayOnly && { iceTransportPolicy: 'relay' }),
    }),
    onTurnRefused: () => void asked.push('refused'),
    onTurnGranted: () => void asked.push('granted'),
  } as unknown as LinkWorld;
  const need = new RelayNeed(world);
  const pc = { iceGatheringState: 'new' } as {
    iceGatheringState: RTCIceGatheringState;
    onicegatheringstatechange?: () => void;
    onicecandidateerror?: (event: object) => void;
  };
  need.watch(pc as unknown as RTCPeerConnection);
  const gather = (state: RTCIceGatheringState): void => {
    pc.iceGatheringState = state;
    pc.onicegatheringstatechange?.();
  };
  const fail = (errorCode: number, url = TURN_URL): void =>
    pc.onicecandidateerror?.({ errorCode, url });
  const attach = (): void => need.attach((code) => void told.push(code));
  return { clock, need, told, asked, gather, fail, attach };
}

const RELAY = 'candidate:1 1 udp 1 192.0.2.1 50000 typ relay raddr 0.0.0.0 rport 0';
const HOST = 'candidate:2 1 udp 9 10.0.0.1 50000 typ host';

const RELAY_ONLY: readonly [title: string, errors: readonly number[], told: string][] = [
  ['a server that does not answer', [701], 'turn-unreachable'],
  ['no word from the browser at all', [], 'turn-unreachable'],
  ['a quota that is used up', [486, 701], 'turn-quota'],
  ['a full server', [701, 508], 'turn-capacity'],
  ['a server that serves nobody from here', [403], 'turn-forbidden'],
];

describe('RelayNeed, with relays alone', () => {
  for (const [title, errors, expected] of RELAY_ONLY) {
    it(`tells ${expected} as soon as nothing is left to gather: ${title}`, () => {
      const { told, gather, fail, attach } = setUp({ relayOnly: true });
      attach();
      gather('gathering');
      for (const error of errors) fail(error);
      expect(told).to.deep.equal([]);
      gather('complete');
      expect(told).to.deep.equal([expected]);
    });
  }

  it('tells it after 8 s if gathering goes on, as behind a firewall that drops TCP', () => {
    const { clock, told, gather, attach } = setUp({ relayOnly: true });
    attach();
    gather('gathering');
    clock.advance(7_999);
    expect(told).to.deep.equal([]);
    clock.advance(1);
    expect(told).to.deep.equal(['turn-unreachable']);
  });

  it('gives fresh credentials time, and tells turn-refused if they are of no use', () => {
    const { clock, told, asked, gather, fail, attach } = setUp({ relayOnly: true });
    attach();
    gather('gathering');
    fail(401);
    gather('complete');
    expect([told, asked]).to.deep.equal([[], ['refused']]);
    clock.advance(1_000);
    gather('gathering');
    fail(401);
    gather('complete');
    expect(told).to.deep.equal([]);
    clock.advance(7_000);
    expect(told).to.deep.equal(['turn-refused']);
  });

  it('tells nothing if fresh credentials help', () => {
    const { clock, need, told, asked, gather, fail, attach } = setUp({ relayOnly: true });
    attach();
    gather('gathering');
    fail(401);
    gather('complete');
    clock.advance(1_000);
    gather('gathering');
    need.onCandidate(RELAY);
    gather('complete');
    clock.advance(60_000);
    expect(told.filter(Boolean)).to.deep.equal([]);
    expect(asked).to.deep.equal(['refused', 'granted']);
    expect(clock.pending).to.equal(0);
  });

  it('takes it back once there is a relay', () => {
    const { need, told, gather, fail, attach } = setUp({ relayOnly: true });
    attach();
    gather('gathering');
    fail(701);
    gather('complete');
    gather('gathering');
    need.onCandidate(HOST);
    expect(told).to.deep.equal(['turn-unreachable']);
    need.onCandidate(RELAY);
    expect(told).to.deep.equal(['turn-unreachable', null]);
  });

  it('needs no more than one relay: servers that fail beside it do not matter', () => {
    const { clock, need, told, gather, fail, attach } = setUp({ relayOnly: true });
    attach();
    gather('gathering');
    fail(701);
    need.onCandidate(RELAY);
    fail(486);
    gather('complete');
    clock.advance(60_000);
    expect(told.filter(Boolean)).to.deep.equal([]);
  });

  it('tells that there is no TURN server to ask', () => {
    const { told, gather, attach } = setUp({ relayOnly: true, servers: [{ urls: 'stun:s' }] });
    attach();
    gather('gathering');
    gather('complete');
    expect(told).to.deep.equal(['turn-missing']);
  });
});

describe('RelayNeed, with any path', () => {
  it('tells nothing of a link that has a path in time', () => {
    const { clock, need, told, gather, fail, attach } = setUp();
    attach();
    gather('gathering');
    fail(486);
    gather('complete');
    clock.advance(7_999);
    need.setPath(true);
    clock.advance(60_000);
    expect(told.filter(Boolean)).to.deep.equal([]);
    expect(clock.pending).to.equal(0);
  });

  it('tells why a link without a path has no relay, after 8 s and not before', () => {
    const { clock, told, gather, fail, attach } = setUp();
    attach();
    gather('gathering');
    fail(486);
    gather('complete');
    clock.advance(7_999);
    expect(told).to.deep.equal([]);
    clock.advance(1);
    expect(told).to.deep.equal(['turn-quota']);
  });

  it('tells it again after each restart that finds none, and counts anew after a path', () => {
    const { clock, need, told, gather, fail, attach } = setUp();
    attach();
    gather('gathering');
    fail(486);
    clock.advance(8_000);
    gather('complete');
    gather('gathering');
    gather('complete');
    expect(told).to.deep.equal(['turn-quota', 'turn-quota', 'turn-quota']);
    need.setPath(true);
    need.setPath(false);
    gather('gathering');
    clock.advance(7_999);
    expect(told.at(-1)).to.equal(null);
    clock.advance(1);
    expect(told.at(-1), 'the old answers are forgotten').to.equal('turn-unreachable');
  });

  it('tells nothing where there is no TURN server, or of STUN servers', () => {
    const none = setUp({ servers: [{ urls: 'stun:s' }] });
    none.attach();
    none.gather('gathering');
    none.clock.advance(60_000);
    const stun = setUp({ servers: [{ urls: 'stun:s' }, TURN] });
    stun.attach();
    stun.gather('gathering');
    stun.fail(401, 'stun:s');
    stun.clock.advance(8_000);
    expect([none.told, stun.told, stun.asked]).to.deep.equal([[], ['turn-unreachable'], []]);
  });

  it('waits for nothing before the peer of an early offer is known', () => {
    const { clock, need, told, gather, attach } = setUp();
    gather('gathering');
    clock.advance(600_000);
    expect([told, clock.pending]).to.deep.equal([[], 0]);
    attach();
    clock.advance(8_000);
    expect(told).to.deep.equal(['turn-unreachable']);
    need.close();
    expect(told).to.deep.equal(['turn-unreachable', null]);
  });
});
