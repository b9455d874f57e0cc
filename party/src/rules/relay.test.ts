import { expect } from '@esm-bundle/chai';
import { encode, LIMITS } from '@rtc-elements/protocol';

import { handOutOffers, relaySignal } from './relay.js';
import { bookOf, type SessionRecord } from './room-book.js';

const record = (session: string, changes: Partial<SessionRecord> = {}): SessionRecord => ({
  session,
  user: session,
  name: session,
  role: 'speaker',
  joinedAt: 1,
  mood: 'active',
  call: 0,
  media: { microphone: false, camera: false, screen: false },
  hand: false,
  meta: {},
  can: null,
  appointed: false,
  named: false,
  muted: [],
  read: 0,
  connection: `socket of ${session}`,
  lostAt: 0,
  ...changes,
});
const offers = ['one', 'two'].map((sdp) => ({
  description: { type: 'offer', sdp } as const,
  sources: {},
}));

describe('relaying', () => {
  it('[SG-1] stamps the sender and leaves the rest unchanged', () => {
    const book = bookOf([record('a'), record('b')], 0);
    const relayed = relaySignal(book, 'a', {
      type: 'signal',
      to: 'b',
      epoch: 2,
      n: 3,
      decline: true,
    });
    expect(relayed.ok && relayed.delivery).to.deep.equal({
      to: ['b'],
      message: { type: 'signal', from: 'a', epoch: 2, n: 3, decline: true },
    });
  });

  it('[SG-1] [LI-1] refuses a signal that outgrows a frame by its stamp', () => {
    const book = bookOf([record('a'), record('b')], 0);
    const candidate = { candidate: 'c'.repeat(LIMITS.candidateLength) };
    const withSdp = (length: number) =>
      ({
        type: 'signal',
        to: 'b',
        epoch: 2,
        n: 0,
        description: { type: 'offer', sdp: 's'.repeat(length) },
        candidates: Array(16).fill(candidate),
      }) as const;
    const longest = LIMITS.frameBytes - encode(withSdp(0)).length;
    expect(longest).to.be.below(LIMITS.sdpLength);
    const relayed = relaySignal(book, 'a', withSdp(longest));
    expect(!relayed.ok && relayed.fault).to.include({ code: 'too-big', ref: 'b' });
    // `from` is two characters longer than `to`.
    expect(relaySignal(book, 'a', withSdp(longest - 2)).ok).to.equal(true);
  });

  it('[EN-6] gives offers to those longest in the call, skipping who is outside or has no socket', () => {
    const book = bookOf(
      [record('chat'), record('third', { call: 9 }), record('gone', { call: 1, lostAt: 5 })].concat(
        [record('second', { call: 4 }), record('first', { call: 2 })],
      ),
      9,
    );
    const { takers, deliveries } = handOutOffers(book, record('new', { call: 10 }), offers, 8);
    expect(takers).to.deep.equal(['first', 'second']);
    expect(deliveries.map(({ to }) => to)).to.deep.equal([['first'], ['second']]);
  });

  it('[EN-6] gives no offers to a call that already fills a mesh', () => {
    const book = bookOf([record('a', { call: 1 }), record('b', { call: 2 })], 2);
    expect(handOutOffers(book, record('c', { call: 3 }), offers, 2).takers).to.deep.equal([
      null,
      null,
    ]);
  });
});
