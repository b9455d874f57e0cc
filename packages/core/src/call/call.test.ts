import { type MediaFlags, type PeerEntry, type SignalBody } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import { entry, realClock } from '../../../../tests/support/link-pair.js';
import { createCall } from './call.js';
import type { RtcError } from '../state/errors.js';
import { browserMedia } from '../media/browser-media-port.js';
import { completeOptions } from '../api/options.js';
import type { Clock, MediaPort } from '../ports.js';
import type { Call, CallHost } from './ports.js';
import { initialState } from '../state/initial-state.js';
import { reduce } from '../state/reduce.js';
import type { RoomState } from '../state/room-state.js';
import { createDeferred } from '../support/deferred.js';

/** As much of a room as a call needs; two of them pass signals to each other at once. */
class Side {
  readonly call: Call;
  readonly errors: RtcError[] = [];
  readonly flags: MediaFlags[] = [];
  /** How often flags were repeated. */
  told = 0;
  /** How often the call has told its room anything. */
  reports = 0;
  levels: ReadonlyMap<string, number> = new Map();
  others: readonly Side[] = [];
  state: RoomState;
  readonly #listeners = new Set<() => void>();

  constructor(
    public line: PeerEntry,
    ports: CallHost['ports'] = { clock: realClock },
  ) {
    this.state = initialState('test');
    const host: CallHost = {
      ports,
      room: { subscribe: () => () => undefined, addEventListener: () => undefined },
      webSocket: () => null,
      probe: () => undefined,
      getSnapshot: () => this.state,
      dispatch: (change) => {
        this.state = reduce(this.state, change);
        this.#tell();
      },
      sendSignal: (to, body) => this.#send(to, body),
      setMediaFlags: (flags, again) => {
        this.flags.push(flags);
        if (again) this.told += 1;
        this.line = { ...this.line, media: flags };
        for (const other of this.others) other.see(this.line);
        this.#tell();
      },
      reportLevels: (levels) => {
        this.levels = levels;
        this.#tell();
      },
      onTurnRefused: () => this.#tell(),
      reportError: (error) => {
        this.errors.push(error);
        this.#tell();
      },
    };
    this.call = createCall(host, completeOptions({ room: 'test', name: 'x', host: 'localhost' }));
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        const once = (): void => {
          this.#listeners.delete(once);
          resolve();
        };
        this.#listeners.add(once);
      });
    }
  }

  meet(): void {
    const you = this.line;
    const peers = this.others.map(({ line }) => line);
    this.state = reduce(this.state, {
      type: 'welcomed',
      you,
      peers,
      chat: { messages: [], more: false, rev: 0 },
      limits: { members: 100, meshMembers: 8, historyMessages: 10 },
      clockOffsetMs: 0,
      resumed: false,
    });
    this.call.reconcile(you, peers, []);
  }

  /** The room sends a roster entry, ours or another one. */
  see(line: PeerEntry): void {
    if (line.session === this.line.session) this.line = line;
    this.state = reduce(this.state, { type: 'presence', joined: [], changed: [line], left: [] });
    this.call.reconcile(this.line, this.state.peers, []);
    // Not counted as a report: this is the room, not the call.
    this.look();
  }

  #tell(): void {
    this.reports += 1;
    this.look();
  }

  /** Something that `until` waits for may have happened. */
  look(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #send(to: string, body: SignalBody): boolean {
    this.reports += 1;
    const other = this.others.find(({ line }) => line.session === to);
    queueMicrotask(() =>
      other?.call.receiveSignal({ ...body, type: 'signal', from: this.line.session }),
    );
    return other !== undefined;
  }
}

function pair(ports?: CallHost['ports']): readonly [Side, Side] {
  const [a, b] = [new Side(entry('a', 1), ports), new Side(entry('b', 2))];
  a.others = [b];
  b.others = [a];
  return [a, b];
}

describe('createCall', () => {
  it('brings audio and video from real devices to the other side', async () => {
    const [a, b] = pair();
    for (const side of [a, b]) {
      side.call.start();
      side.meet();
    }
    await a.until(() => a.state.peers[0]?.link.status === 'connected');
    await a.until(() => a.state.media.camera.status === 'on');
    await a.until(() => a.state.media.microphone.status === 'on');
    await a.until(() => Object.keys(a.state.peers[0]?.tracks ?? {}).length === 2);
    const track = a.call.getTrack('b', 'camera');
    expect(track?.kind).to.equal('video');
    await b.until(() => b.state.peers[0]?.media.camera === true);
    await a.until(() => a.state.peers[0]?.link.stats != null);
    await a.until(() => (a.state.peers[0]?.link.stats?.inBps ?? 0) > 10_000);
    expect(a.state.peers[0]?.link.path).to.equal('direct');
    // Any quality will do: a test machine may be too busy for a good one.
    expect(a.state.peers[0]?.link.quality).to.be.a('string');
    expect(a.state.peers[0]?.link.stats?.transport).to.equal('udp');
    expect(a.state.peers[0]?.link.stats?.codecs).to.include('opus');
    expect(a.flags.at(-1)).to.deep.equal({ microphone: true, camera: true, screen: false });
    // Chromium decodes, and so measures, only what somebody listens to.
    const voice = a.call.getTrack('b', 'microphone');
    const listener = new Audio();
    listener.srcObject = new MediaStream(voice ? [voice] : []);
    await listener.play();
    await a.until(() => (a.levels.get('b') ?? 0) > 0);
    // Its own level needs an audio output, which a test machine may lack.
    expect(a.levels.has('a')).to.equal(true);
    listener.srcObject = null;
    const own = a.call.media.getTrack('camera');
    await a.call.media.setCamera(false);
    expect(own?.readyState).to.equal('ended');
    await b.until(() => b.state.peers[0]?.media.camera === false);
    a.call.close();
    await b.until(() => b.state.peers[0]?.link.status === 'none');
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    b.call.close();
  });

  it('says nothing once it is closed, whatever was under way', async () => {
    const asked = createDeferred<MediaStream>();
    const allowed = createDeferred<null>();
    let opened: readonly MediaStreamTrack[] = [];
    const media: MediaPort = {
      ...browserMedia,
      getUserMedia: async (constraints) => {
        const stream = await browserMedia.getUserMedia(constraints);
        opened = stream.getTracks();
        asked.resolve(stream);
        await allowed.promise;
        return stream;
      },
    };
    const timers = new Set<object>();
    const clock: Clock = {
      ...realClock,
      setTimer: (ms, task) => {
        const timer = {};
        const forget = (): void => {
          timers.delete(timer);
          a.look();
        };
        const cancel = realClock.setTimer(ms, () => {
          task();
          forget();
        });
        timers.add(timer);
        return () => {
          cancel();
          forget();
        };
      },
    };
    const [a, b] = pair({ clock, media });
    for (const side of [a, b]) {
      side.call.start();
      side.meet();
    }
    const choice = a.call.media.setMicrophone(true);
    await asked.promise;
    await b.until(() => b.state.peers[0]?.link.status === 'connected');
    a.call.close();
    const before = a.reports;
    allowed.resolve(null);
    await choice;
    await a.until(() => opened.every(({ readyState }) => readyState === 'ended'));
    a.meet();
    a.call.receiveSignal({ type: 'signal', from: 'b', epoch: 9, n: 0, candidates: [] });
    await a.until(() => timers.size === 0);
    expect(opened).to.have.length(2);
    expect(a.reports).to.equal(before);
    b.call.close();
  });

  it('makes no audio context before the first level is read', async () => {
    const { AudioContext: real } = window;
    let opened = 0;
    window.AudioContext = class extends real {
      constructor() {
        super();
        opened += 1;
      }
    };
    const clock = new FakeClock();
    const side = new Side(entry('a', 1), { clock });
    await side.call.media.setMicrophone(true);
    await import('./background.js');
    await clock.advanceAsync(99);
    expect(opened).to.equal(0);
    await clock.advanceAsync(1);
    expect(opened).to.equal(1);
    side.call.close();
    window.AudioContext = real;
  });

  it('[MO-1] plays a source only while the roster says that it is sent, and nothing from a listener', async () => {
    const [a, b] = pair();
    for (const side of [a, b]) {
      side.call.start();
      side.meet();
    }
    const tracks = (): readonly string[] => Object.keys(a.state.peers[0]?.tracks ?? {});
    await a.until(() => tracks().length === 2);
    await a.until(() => a.state.peers[0]?.link.status === 'connected');
    const line = b.line;
    a.see({ ...line, media: { ...line.media, camera: false } });
    expect(tracks()).to.deep.equal(['microphone']);
    expect(a.call.getTrack('b', 'camera')).to.equal(null);
    // What the peer says directly, not through the room, does not count.
    a.state = reduce(a.state, { type: 'peer-media', session: 'b', media: line.media });
    a.call.reconcile(a.line, a.state.peers, []);
    expect(tracks()).to.deep.equal(['microphone']);
    a.see({ ...line, muted: ['microphone'] });
    expect(tracks()).to.deep.equal(['camera']);
    expect(a.call.getTrack('b', 'microphone')).to.equal(null);
    a.see({ ...line, role: 'listener' });
    expect(tracks()).to.deep.equal([]);
    expect(a.state.peers[0]?.link.status, 'they may watch').to.equal('connected');
    a.see(line);
    expect(tracks()).to.deep.equal(['microphone', 'camera']);
    a.call.close();
    b.call.close();
  });

  it('[MO-2] turns off what a host has muted, once, and reports it even if it was off', async () => {
    const [a] = pair();
    a.meet();
    await a.call.media.setMicrophone(true);
    expect(a.line.media.microphone).to.equal(true);
    a.see({ ...a.line, muted: ['microphone', 'camera'] });
    expect(a.state.media.microphone.status).to.equal('off');
    expect(a.flags.at(-1)).to.deep.equal({ microphone: false, camera: false, screen: false });
    expect(a.told).to.equal(1);
    // The owner turns it on again before the roster has caught up.
    await a.call.media.setMicrophone(true);
    a.see({ ...a.line, muted: ['microphone'] });
    expect(a.state.media.microphone.status).to.equal('on');
    a.see({ ...a.line, muted: [] });
    a.see({ ...a.line, muted: ['microphone'] });
    expect(a.state.media.microphone.status).to.equal('off');
    expect(a.told).to.equal(2);
    a.call.close();
  });

  it('[MO-1] stops sending as a listener, and refuses to start again', async () => {
    const [a] = pair();
    a.meet();
    await a.call.media.setCamera(true);
    a.see({ ...a.line, role: 'listener' });
    expect(a.state.media.camera.status).to.equal('off');
    const code = (verb: Promise<void>): Promise<unknown> =>
      verb.then(
        () => 'fine',
        (error: unknown) => (error as RtcError).code,
      );
    expect(await code(a.call.media.setCamera(true))).to.equal('not-allowed');
    expect(await code(a.call.media.shareScreen())).to.equal('not-allowed');
    expect(await code(a.call.media.setCamera(false))).to.equal('fine');
    a.see({ ...a.line, role: 'speaker' });
    expect(await code(a.call.media.setCamera(true))).to.equal('fine');
    a.call.close();
  });
});
