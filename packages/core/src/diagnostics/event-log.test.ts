import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { fakePeer, FakeRoom } from '../../../../tests/support/fake-room.js';
import { RtcError } from '../state/errors.js';
import { RoomErrorEvent } from '../api/room-events.js';
import { EventLog, eventLogOf, type EventLogHost } from './event-log.js';

/** A room whose snapshot the test sets. */
class Bench {
  readonly clock = new FakeClock(5_000);
  readonly room = new FakeRoom({ connection: 'connected' });
  socket: WebSocket | null = null;
  readonly host: EventLogHost = {
    ports: { clock: this.clock },
    room: this.room,
    getSnapshot: () => this.room.getSnapshot(),
    webSocket: () => this.socket,
  };
  readonly log = new EventLog(this.host);

  get words(): readonly string[] {
    return this.log.events.map(({ what, is }) => `${what} ${is}`);
  }
}

describe('the log of a room', () => {
  it('begins with the state of everything, and then notes each change with its time', () => {
    const bench = new Bench();
    const first = bench.words;
    expect(first).to.include.members(['connection connected', 'call in', 'camera off']);
    bench.clock.advance(1_000);
    const problem = { code: 'host-unreachable', message: 'no', retryable: true } as const;
    bench.room.set({ connection: 'reconnecting', problem });
    bench.room.set({ problem });
    expect(bench.log.events.slice(first.length)).to.deep.equal([
      { at: 6_000, what: 'connection', is: 'reconnecting (host-unreachable)' },
    ]);
  });

  it('gives each peer a number, and another one to a peer that comes back', () => {
    const bench = new Bench();
    const ann = fakePeer('Ann');
    bench.room.set({ peers: [ann] });
    bench.room.set({ peers: [ann, fakePeer('Ben')] });
    bench.room.set({ peers: [fakePeer('Ben')] });
    bench.room.set({ peers: [fakePeer('Ben'), ann] });
    expect(bench.words.filter((word) => word.startsWith('peer'))).to.deep.equal([
      'peer-1 connected, direct, good',
      'peer-2 connected, direct, good',
      'peer-1 gone',
      'peer-3 connected, direct, good',
    ]);
  });

  it('notes errors, events of the page and why a socket closed', () => {
    const bench = new Bench();
    bench.socket = new EventTarget() as WebSocket;
    bench.room.set({});
    bench.room.set({});
    bench.socket.dispatchEvent(new CloseEvent('close', { code: 1012 }));
    bench.room.dispatchEvent(new RoomErrorEvent(new RtcError('turn-refused', 'no'), false));
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
    expect(bench.words.slice(-4)).to.deep.equal([
      'socket closed 1012',
      'error turn-refused',
      'page offline',
      'page online',
    ]);
  });

  it('keeps the last hundred', () => {
    const bench = new Bench();
    for (let turn = 0; turn < 250; turn += 1) {
      bench.room.set({ connection: turn % 2 ? 'connected' : 'reconnecting' });
      bench.clock.advance(1);
    }
    expect(bench.log.events).to.have.length(100);
    expect(bench.log.events.at(-1)?.at).to.equal(5_249);
  });

  it('ends with the room, and releases it', () => {
    const bench = new Bench();
    bench.room.set({ connection: 'closed', left: 'left' });
    expect(bench.room.listenerCount).to.equal(0);
    const { words } = bench;
    bench.room.set({ connection: 'connected' });
    dispatchEvent(new Event('online'));
    expect(bench.words).to.deep.equal(words);
  });

  it('is the same for everybody who asks about a room', () => {
    const { host } = new Bench();
    expect(eventLogOf(host)).to.equal(eventLogOf(host));
    expect(eventLogOf(host)).not.to.equal(eventLogOf(new Bench().host));
  });
});
