import { expect } from '@esm-bundle/chai';
import type { PeerEntry } from '@rtc-elements/protocol';
import fc from 'fast-check';

import { deriveEvents } from '../room/derive-events.js';
import {
  PeerJoinEvent,
  PeerLeaveEvent,
  RoomErrorEvent,
  TrackEvent,
  TypingEvent,
} from '../api/room-events.js';
import { initialState, NO_LINK } from './initial-state.js';
import { reduce } from './reduce.js';
import type { RoomChange } from './room-change.js';
import type { Problem, RoomState } from './room-state.js';

const entry = (session: string, changes: Partial<PeerEntry> = {}): PeerEntry => ({
  session,
  user: `user-of-${session}`,
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
  ...changes,
});

const relayProblem = (code: Problem['code']): Problem => ({ code, message: code, retryable: true });

type Welcomed = Extract<RoomChange, { type: 'welcomed' }>;

const welcomed = (peers: readonly PeerEntry[], changes: Partial<Welcomed> = {}): Welcomed => ({
  type: 'welcomed',
  you: entry('me'),
  peers,
  chat: { messages: [], more: false, rev: 0 },
  limits: { members: 100, meshMembers: 8, historyMessages: 1_000 },
  clockOffsetMs: 5,
  resumed: false,
  ...changes,
});

const presence = (changes: Partial<Extract<RoomChange, { type: 'presence' }>>): RoomChange => ({
  type: 'presence',
  joined: [],
  changed: [],
  left: [],
  ...changes,
});

const linked = (session: string): RoomChange => ({
  type: 'link',
  session,
  link: { ...NO_LINK, status: 'connected' },
});

const run = (...changes: RoomChange[]): RoomState =>
  changes.reduce((state, change) => deepFreeze(reduce(state, change)), initialState('room'));

const sessions = (state: RoomState): string[] => state.peers.map((peer) => peer.session);

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('reduce', () => {
  it('[EN-3] shows who is here after a welcome', () => {
    const state = run(welcomed([entry('ann'), entry('ben')]));
    expect(state.connection).to.equal('connected');
    expect(sessions(state)).to.deep.equal(['ann', 'ben']);
    expect(state.you?.session).to.equal('me');
  });

  it('[PR-2] follows deltas, including our own entry', () => {
    const state = run(
      welcomed([entry('ann')]),
      presence({
        joined: [entry('ben')],
        changed: [
          { session: 'ann', hand: true },
          { session: 'me', name: 'Me' },
          { session: 'nobody', hand: true },
        ],
      }),
      presence({ left: [{ session: 'ann', reason: 'left' }] }),
    );
    expect(sessions(state)).to.deep.equal(['ben']);
    expect(state.you?.name).to.equal('Me');
  });

  it('returns the same objects where nothing changed', () => {
    const state = run(welcomed([entry('ann'), entry('ben')]));
    expect(reduce(state, presence({ changed: [{ session: 'ann', hand: false }] }))).to.equal(state);
    expect(
      reduce(state, { type: 'roster', peers: [entry('ann'), entry('ben'), entry('me')] }),
    ).to.equal(state);
    const after = reduce(state, presence({ changed: [{ session: 'ann', hand: true }] }));
    expect(after.peers[0]).not.to.equal(state.peers[0]);
    expect(after.peers[0]?.media).to.equal(state.peers[0]?.media);
    expect(after.peers[1]).to.equal(state.peers[1]);
    expect(after.chat).to.equal(state.chat);
  });

  it('[EN-5] keeps links and tracks of peers over a resumed welcome', () => {
    const before = run(welcomed([entry('ann'), entry('ben')]), linked('ann'));
    const after = reduce(before, welcomed([entry('ann')], { resumed: true }));
    expect(after.peers).to.have.length(1);
    expect(after.peers[0]).to.equal(before.peers[0]);
  });

  it('[SG-5] sets up links again in a new session of our own', () => {
    const after = run(
      welcomed([entry('ann')]),
      linked('ann'),
      { type: 'tracks', session: 'ann', tracks: { camera: 'c' } },
      welcomed([entry('ann')], { you: entry('me-again') }),
    );
    expect(after.peers[0]).to.deep.include({ link: NO_LINK, tracks: {} });
    expect(after.you?.session).to.equal('me-again');
  });

  it('[SG-5] keeps a peer that the room dropped while its link is connected', () => {
    const lost = presence({ left: [{ session: 'ann', reason: 'lost' }] });
    const state = run(welcomed([entry('ann')]), linked('ann'), lost);
    expect(state.peers[0]).to.include({ state: 'reconnecting', lingering: true });
    const down = reduce(state, {
      type: 'link',
      session: 'ann',
      link: { ...NO_LINK, status: 'reconnecting' },
    });
    expect(sessions(down)).to.deep.equal([]);
    const again = reduce(state, presence({ joined: [entry('ann')] }));
    expect(again.peers[0]).to.not.have.property('lingering');
    const elsewhere = reduce(
      state,
      presence({ joined: [entry('ann-2', { user: 'user-of-ann' })] }),
    );
    expect(sessions(elsewhere)).to.deep.equal(['ann-2']);
  });

  it('[SG-5] drops a peer that left, linked or not', () => {
    for (const reason of ['left', 'removed', 'banned', 'replaced'] as const) {
      const gone = presence({ left: [{ session: 'ann', reason }] });
      expect(sessions(run(welcomed([entry('ann')]), linked('ann'), gone)), reason).to.deep.equal(
        [],
      );
    }
  });

  it('ignores somebody who joined and left in one delta', () => {
    const change = presence({ joined: [entry('ann')], left: [{ session: 'ann', reason: 'left' }] });
    expect(sessions(run(welcomed([]), change))).to.deep.equal([]);
  });

  it('[CH-6] ends the typing of somebody whose message arrives', () => {
    const message = {
      seq: 1,
      id: 'a',
      at: 1,
      user: 'user-of-ann',
      name: 'ann',
      kind: 'text',
      text: 'hi',
    } as const;
    const state = run(
      welcomed([entry('ann')]),
      { type: 'typing', session: 'ann', on: true },
      { type: 'chat-message', message },
    );
    expect(state.peers[0]?.typing).to.equal(false);
  });

  it('stays as it is once closed', () => {
    const closed = run(welcomed([entry('ann')]), { type: 'closed', reason: 'left' });
    expect(closed).to.include({ connection: 'closed', left: 'left' });
    expect(reduce(closed, welcomed([entry('ann')]))).to.equal(closed);
  });
});

describe('the events of a change', () => {
  it('match the differences between the snapshots for every change (seed 7)', () => {
    const names = ['ann', 'ben', 'cid', 'dan'];
    const [track = null] = document.createElement('canvas').captureStream().getTracks();
    const session = fc.constantFrom(...names);
    const some = fc.subarray(names);
    const change: fc.Arbitrary<RoomChange> = fc.oneof(
      fc.record({ present: some, resumed: fc.boolean() }).map(({ present, resumed }) =>
        welcomed(
          present.map((name) => entry(name)),
          { resumed },
        ),
      ),
      some.map(
        (present) => ({ type: 'roster', peers: present.map((name) => entry(name)) }) as const,
      ),
      fc
        .record({ joined: some, left: some, reason: fc.constantFrom('left', 'lost') })
        .map(({ joined, left, reason }) =>
          presence({
            joined: joined.map((name) => entry(name)),
            left: left.map((name) => ({ session: name, reason })),
          }),
        ),
      fc.record({ type: fc.constant('typing' as const), session, on: fc.boolean() }),
      session.map(linked),
      session.map((name) => ({ type: 'link', session: name, link: NO_LINK }) as const),
      fc
        .record({ session, camera: fc.boolean() })
        .map(
          ({ session: name, camera }) =>
            ({ type: 'tracks', session: name, tracks: camera ? { camera: 'c' } : {} }) as const,
        ),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const here = new Map<string, boolean>();
        const tracks = new Set<string>();
        let state = run(welcomed([]));
        for (const next of changes) {
          const before = state;
          state = deepFreeze(reduce(before, next));
          for (const event of deriveEvents(next, before, state, () => track)) {
            if (event instanceof PeerJoinEvent) here.set(event.peer.session, false);
            if (event instanceof PeerLeaveEvent) here.delete(event.peer.session);
            if (event instanceof TypingEvent) here.set(event.peer.session, event.on);
            if (!(event instanceof TrackEvent)) continue;
            if (event.track === null) tracks.delete(event.peer.session);
            else tracks.add(event.peer.session);
          }
          const shown = state.peers.map((peer) => [peer.session, peer.typing] as const);
          expect(new Map([...here].sort())).to.deep.equal(new Map([...shown].sort()));
          const live = state.peers.filter((peer) => peer.tracks.camera).map((peer) => peer.session);
          expect([...tracks].sort()).to.deep.equal(live.sort());
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('tell each reason for a missing relay once, and again after there was one', () => {
    let state = reduce(initialState('r'), welcomed([entry('ann')]));
    const told: string[] = [];
    const apply = (change: RoomChange): void => {
      const before = state;
      state = reduce(before, change);
      for (const event of deriveEvents(change, before, state, () => null)) {
        if (event instanceof RoomErrorEvent) told.push(`${event.error.code} ${event.fatal}`);
      }
    };
    for (const code of ['turn-unreachable', 'turn-unreachable', 'turn-quota', null] as const) {
      apply({ type: 'relay', problem: code && relayProblem(code) });
    }
    expect(state.relayProblem).to.equal(null);
    expect(told).to.deep.equal(['turn-unreachable false', 'turn-quota false']);
    apply({ type: 'relay', problem: relayProblem('turn-unreachable') });
    expect(state.relayProblem?.code).to.equal('turn-unreachable');
    // It was an event when the server refused.
    apply({ type: 'relay', problem: relayProblem('turn-refused') });
    expect(state.relayProblem?.code).to.equal('turn-refused');
    expect(told.slice(2)).to.deep.equal(['turn-unreachable false']);
    apply({ type: 'call-left' });
    expect(state.relayProblem).to.equal(null);
  });

  it('say nothing of relays while the room is out of reach, as nothing is known about them', () => {
    const lost = reduce(reduce(initialState('r'), welcomed([])), {
      type: 'connection',
      connection: 'reconnecting',
    });
    expect(reduce(lost, { type: 'relay', problem: relayProblem('turn-unreachable') })).to.equal(
      lost,
    );
  });

  it('report an end caused by the room as an error and a leave', () => {
    const before = run(welcomed([entry('ann')]));
    const problem = { code: 'removed', message: 'You were removed.', retryable: false } as const;
    const change: RoomChange = { type: 'closed', reason: 'removed', problem };
    const events = deriveEvents(change, before, reduce(before, change), () => null);
    expect(events.map(({ type }) => type)).to.deep.equal(['connection-change', 'error', 'leave']);
  });
});
