import { expect } from '@esm-bundle/chai';
import type { PeerEntry } from '@rtc-elements/protocol';

import {
  emptyFeed,
  flush,
  isPending,
  addItem,
  markInformed,
  type PresenceItem,
} from './presence-feed.js';

const entry = (session: string): PeerEntry => ({
  session,
  user: 'u',
  name: session,
  role: 'speaker',
  joinedAt: 1,
  state: 'active',
  call: 0,
  media: { microphone: false, camera: false, screen: false },
  hand: false,
  meta: {},
  muted: [],
  read: 0,
});
const joined = (session: string): PresenceItem => ({ kind: 'joined', entry: entry(session) });
const raised = (session: string): PresenceItem => ({
  kind: 'changed',
  change: { session, hand: true },
});
const named = (session: string): PresenceItem => ({
  kind: 'changed',
  change: { session, name: 'N' },
});
const left = (session: string): PresenceItem => ({
  kind: 'left',
  departed: { session, reason: 'left' },
});

const feedOf = (...items: PresenceItem[]) => items.reduce(addItem, emptyFeed(7));

describe('the presence feed', () => {
  it('[PR-2] makes one numbered frame of all changes so far', () => {
    const { common, feed } = flush(feedOf(joined('a'), raised('b'), named('b'), left('c')));
    expect(common).to.deep.equal({
      type: 'presence',
      seq: 8,
      joined: [entry('a')],
      changed: [{ session: 'b', hand: true, name: 'N' }],
      left: [{ session: 'c', reason: 'left' }],
    });
    expect(feed).to.deep.equal(emptyFeed(8));
  });

  it('[PR-2] merges the changes of a newcomer into the entry that announces it', () => {
    const { common } = flush(feedOf(joined('a'), raised('a')));
    expect(common.joined).to.deep.equal([{ ...entry('a'), hand: true }]);
    expect(common).not.to.have.property('changed');
  });

  it('[PR-2] omits who came and went between two frames, and the changes of who left', () => {
    const { common } = flush(feedOf(joined('a'), left('a'), raised('b'), left('b')));
    expect(common).to.deep.equal({
      type: 'presence',
      seq: 8,
      left: [{ session: 'b', reason: 'left' }],
    });
  });

  it('[PR-2] sends only later changes to a session that got the whole roster, under the same number', () => {
    const told = markInformed(feedOf(joined('a'), raised('b')), 'a');
    const { common, own } = flush(addItem(told, named('b')));
    expect(own.get('a')).to.deep.equal({
      type: 'presence',
      seq: common.seq,
      changed: [{ session: 'b', name: 'N' }],
    });
  });

  it('knows whether a change of a session is pending', () => {
    const feed = feedOf(joined('a'));
    expect([isPending(feed, 'a'), isPending(feed, 'b')]).to.deep.equal([true, false]);
  });
});
