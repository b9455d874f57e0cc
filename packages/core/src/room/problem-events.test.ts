// Each state of the snapshot that is a problem is one `error` event, from whichever place it comes.
import { expect } from '@esm-bundle/chai';

import { RoomErrorEvent } from '../api/room-events.js';
import { type RtcErrorCode } from '../state/error-codes.js';
import { initialState, OFF } from '../state/initial-state.js';
import { reduce } from '../state/reduce.js';
import type { RoomChange } from '../state/room-change.js';
import type { LinkStatus, LocalSource, Problem, RoomState } from '../state/room-state.js';
import { entry } from '../../../../tests/support/link-pair.js';
import { deriveEvents } from './derive-events.js';

const problem = (code: RtcErrorCode): Problem => ({ code, message: code, retryable: false });

const welcomed: RoomChange = {
  type: 'welcomed',
  you: entry('me', 3),
  peers: [entry('ann', 1), entry('ben', 2)],
  chat: { messages: [], more: false, rev: 0 },
  limits: { members: 100, meshMembers: 8, historyMessages: 10 },
  clockOffsetMs: 0,
  resumed: false,
};

const presence = (changes: Partial<Extract<RoomChange, { type: 'presence' }>>): RoomChange => ({
  ...{ type: 'presence', joined: [], changed: [], left: [] },
  ...changes,
});

/** A stay, and the codes of its `error` events; a fatal one has a `!`. */
class Stay {
  state: RoomState = initialState('r');
  readonly told: string[] = [];

  apply(change: RoomChange): this {
    const before = this.state;
    this.state = reduce(before, change);
    for (const event of deriveEvents(change, before, this.state, () => null)) {
      if (event instanceof RoomErrorEvent) {
        this.told.push(event.error.code + (event.fatal ? '!' : ''));
      }
    }
    return this;
  }

  source(name: 'microphone' | 'camera' | 'screen', source: Partial<LocalSource>): this {
    const media = { ...this.state.media, [name]: { ...OFF, ...source } };
    return this.apply({ type: 'local-media', media });
  }

  link(session: string, status: LinkStatus): this {
    const known = this.state.peers.find((peer) => peer.session === session);
    if (!known) throw new Error(session);
    return this.apply({ type: 'link', session, link: { ...known.link, status } });
  }
}

const DEVICE_CODES = [
  'permission-denied',
  'permission-dismissed',
  'device-not-found',
  'device-busy',
  'device-failed',
  'device-overconstrained',
  'insecure-context',
  'policy-blocked',
  'device-unplugged',
  'device-silent',
  'track-ended',
  'processor-failed',
  'unsupported',
] as const satisfies readonly RtcErrorCode[];

const FATAL_CODES = [
  'auth',
  'token-missing',
  'token-invalid',
  'token-expired',
  'token-early',
  'token-wrong-room',
  'bad-origin',
  'forbidden',
  'room-full',
  'too-many-tabs',
  'bad-room-name',
  'room-closed',
  'version-mismatch',
  'removed',
  'banned',
  'replaced',
  'protocol',
  'refused',
] as const satisfies readonly RtcErrorCode[];

describe('a problem in the snapshot', () => {
  for (const code of DEVICE_CODES) {
    for (const source of ['microphone', 'camera', 'screen'] as const) {
      it(`is one event: ${code} of the ${source}, before and after joining`, () => {
        for (const first of [[], [welcomed]]) {
          const stay = first.reduce((all, change) => all.apply(change), new Stay());
          stay.source(source, { status: 'starting' }).source(source, { problem: problem(code) });
          stay.source(source, { problem: { ...problem(code), message: 'in other words' } });
          expect(stay.told).to.deep.equal([code]);
          stay.source(source, { status: 'starting' }).source(source, { problem: problem(code) });
          expect(stay.told, 'when it was tried again').to.deep.equal([code, code]);
        }
      });
    }
  }

  it('is one event for each device', () => {
    const denied = { ...OFF, problem: problem('permission-denied') };
    const stay = new Stay();
    const media = { ...stay.state.media, microphone: denied, camera: denied };
    stay.apply({ type: 'local-media', media }).apply({ type: 'local-media', media });
    expect(stay.told).to.deep.equal(['permission-denied', 'permission-denied']);
  });

  it('is one event while the browser plays nothing, and is over with the stay', () => {
    const blocked = { type: 'sound', problem: problem('playback-blocked') } as const;
    const stay = new Stay().apply(welcomed).apply(blocked).apply(blocked);
    expect(stay.told).to.deep.equal(['playback-blocked']);
    stay.apply({ type: 'sound', problem: null }).apply(blocked);
    expect(stay.told).to.deep.equal(['playback-blocked', 'playback-blocked']);
    stay.apply({ type: 'closed', reason: 'left' });
    expect(stay.state.soundProblem).to.equal(null);
  });

  for (const code of ['host-unreachable', 'flooded', 'auth'] as const) {
    it(`is one event however often it is tried again: ${code}`, () => {
      const stay = new Stay();
      const tried = {
        type: 'connection',
        connection: 'connecting',
        problem: problem(code),
      } as const;
      for (let turn = 0; turn < 3; turn += 1) stay.apply(tried);
      expect(stay.told).to.deep.equal([code]);
      stay.apply(welcomed).apply({ type: 'connection', connection: 'reconnecting' });
      expect(stay.told, 'a short break is none').to.deep.equal([code]);
      stay.apply({ ...tried, connection: 'reconnecting' });
      expect(stay.told).to.deep.equal([code, code]);
    });
  }

  for (const code of FATAL_CODES) {
    it(`is one fatal event, after which there is none: ${code}`, () => {
      for (const before of [null, problem('host-unreachable'), problem(code)]) {
        const stay = new Stay();
        if (before) stay.apply({ type: 'connection', connection: 'connecting', problem: before });
        stay.told.length = 0;
        stay.apply({ type: 'closed', reason: 'removed', problem: problem(code) });
        stay.apply({ type: 'closed', reason: 'removed', problem: problem(code) });
        expect(stay.told).to.deep.equal([`${code}!`]);
      }
    });
  }

  it('is one event while the call has no place for us, and none for those who are in it', () => {
    const stay = new Stay().apply(welcomed).link('ann', 'full');
    expect(stay.state.callProblem, 'ben may still be linked').to.equal(null);
    stay.link('ben', 'full');
    expect(stay.state.callProblem?.code).to.equal('call-full');
    expect(stay.state.callProblem?.message).to.match(/^The call is full\./);
    // Somebody behind us who waits as well, and somebody ahead of us who leaves: there is no place yet.
    stay.apply(presence({ joined: [entry('dan', 4)] })).link('dan', 'full');
    stay.apply(presence({ left: [{ session: 'ann', reason: 'left' }] }));
    expect(stay.told).to.deep.equal(['call-full']);
    stay.link('ben', 'connecting');
    expect(stay.state.callProblem).to.equal(null);
    stay.apply(presence({ left: [{ session: 'ben', reason: 'left' }] }));
    expect(stay.state.callProblem, 'dan is behind us').to.equal(null);
    expect(stay.told).to.deep.equal(['call-full']);
  });

  it('is none in the chat of a call that is full, and none once the call is left', () => {
    const full = new Stay().apply(welcomed).link('ann', 'full').link('ben', 'full');
    full.apply({ type: 'call-left' });
    expect(full.state.callProblem).to.equal(null);
    full.link('ann', 'full').link('ben', 'full');
    full.apply({ type: 'closed', reason: 'left' });
    expect(full.state.callProblem).to.equal(null);
  });

  it('ends without an event when somebody leaves', () => {
    const stay = new Stay().apply(welcomed).source('camera', { problem: problem('device-busy') });
    stay.apply({ type: 'closed', reason: 'left' });
    expect(stay.told).to.deep.equal(['device-busy']);
  });
});
