import { expect } from '@esm-bundle/chai';
import { LIMITS, type PeerEntry } from '@rtc-elements/protocol';

import {
  emptyFeed,
  flush as flushAll,
  isFeedFull,
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

/** The one frame of changes that fit it. */
function flush(feed: Parameters<typeof flushAll>[0]) {
  const flushed = flushAll(feed);
  const [frame, ...others] = flushed.frames;
  if (!frame || others.length > 0) throw new Error(`${flushed.frames.length} frames`);
  return { feed: flushed.feed, ...frame };
}

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

  it('[PR-2] makes several frames of many changes, with the same numbers for everybody', () => {
    const sessions = Array.from({ length: 2 * LIMITS.presenceChanges + 1 }, (_, at) => `s${at}`);
    const last = sessions.at(-1) ?? '';
    const told = markInformed(feedOf(...sessions.map(joined)), last);
    const { feed, frames } = flushAll([raised('s0'), left('s1')].reduce(addItem, told));
    expect(frames.map(({ common }) => common.seq)).to.deep.equal([8, 9, 10]);
    expect(feed).to.deep.equal(emptyFeed(10));
    const announced = frames.flatMap(({ common }) => common.joined ?? []);
    expect(announced.map(({ session }) => session)).to.deep.equal(sessions);
    expect(frames.at(-1)?.common).to.deep.include({
      changed: [{ session: 's0', hand: true }],
      left: [{ session: 's1', reason: 'left' }],
    });
    expect(frames.map(({ own }) => own.get(last))).to.deep.equal([
      { type: 'presence', seq: 8 },
      { type: 'presence', seq: 9 },
      {
        type: 'presence',
        seq: 10,
        changed: [{ session: 's0', hand: true }],
        left: [{ session: 's1', reason: 'left' }],
      },
    ]);
  });

  it('[PR-2] does not split many changes of few', () => {
    const items = Array.from({ length: 4 * LIMITS.presenceChanges }, (_, at) =>
      at % 2 ? raised('a') : named('b'),
    );
    expect(flush(feedOf(...items)).common.changed).to.have.length(2);
  });

  it('[FL-4] is full with so many changes', () => {
    const changes = Array.from({ length: LIMITS.gatheredChanges }, () => raised('a'));
    expect(isFeedFull(feedOf(...changes.slice(1)))).to.equal(false);
    expect(isFeedFull(feedOf(...changes))).to.equal(true);
  });

  it('knows whether a change of a session is pending', () => {
    const feed = feedOf(joined('a'));
    expect([isPending(feed, 'a'), isPending(feed, 'b')]).to.deep.equal([true, false]);
  });
});
