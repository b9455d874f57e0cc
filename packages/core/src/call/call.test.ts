import { type MediaFlags, type PeerEntry, type SignalBody } from '@rtc-elements/protocol';
import { expect } from '@esm-bundle/chai';

import { FakeNetwork } from '../../../../tests/support/fake-call.js';
import { entry, realClock } from '../../../../tests/support/link-pair.js';
import { CallSwitch, type SwitchHost } from './call-switch.js';
import { createMeshCall } from './mesh/mesh-call.js';
import type { Engines } from './ports.js';
import type { RtcError } from '../state/errors.js';
import { browserMedia } from '../media/browser-media-port.js';
import { completeOptions } from '../api/options.js';
import type { Clock } from '../ports.js';
import { initialState } from '../state/initial-state.js';
import { reduce } from '../state/reduce.js';
import type { RoomState } from '../state/room-state.js';

/** As much of a room as a call needs; two of them pass signals to each other at once. */
class Side {
  readonly call: CallSwitch;
  readonly errors: RtcError[] = [];
  /** What it sends: an open microphone and camera. */
  tracks: readonly MediaStreamTrack[] = [];
  /** How often the call has told its room anything. */
  reports = 0;
  levels: ReadonlyMap<string, number> = new Map();
  others: readonly Side[] = [];
  state: RoomState;
  readonly #listeners = new Set<() => void>();

  constructor(
    public line: PeerEntry,
    ports: SwitchHost['ports'] = { clock: realClock },
    engines: Engines = {},
  ) {
    this.state = initialState('test');
    const host: SwitchHost = {
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
      encryption: () => null,
      microphone: () => this.tracks.find(({ kind }) => kind === 'audio') ?? null,
      reportLevels: (levels) => {
        this.levels = levels;
        this.#tell();
      },
      onPeerData: () => this.#tell(),
      onTurnRefused: () => this.#tell(),
      onRelayProblem: () => this.#tell(),
      reportError: (error) => {
        this.errors.push(error);
        this.#tell();
      },
    };
    const options = completeOptions({ room: 'test', name: 'x', host: 'localhost' });
    this.call = new CallSwitch(host, { ...options, engines }, createMeshCall, createMeshCall);
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

  /** Opens the devices and sends both. */
  async open(): Promise<void> {
    const stream = await browserMedia.getUserMedia({ audio: true, video: true });
    this.tracks = stream.getTracks();
    for (const track of this.tracks) {
      this.call.publish(track.kind === 'audio' ? 'microphone' : 'camera', track);
    }
    this.say({ microphone: true, camera: true, screen: false });
  }

  /** Tells what is sent, the peers directly and the room. */
  say(media: MediaFlags): void {
    this.call.setFlags(media);
    this.line = { ...this.line, media };
    for (const other of this.others) other.see(this.line);
  }

  close(): void {
    this.call.close();
    for (const track of this.tracks) track.stop();
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

function pair(ports?: SwitchHost['ports'], engines?: Engines): readonly [Side, Side] {
  const a = new Side(entry('a', 1), ports, engines);
  const b = new Side(entry('b', 2), undefined, engines);
  a.others = [b];
  b.others = [a];
  return [a, b];
}

describe('the call of a room', () => {
  it('brings audio and video from real devices to the other side', async () => {
    const [a, b] = pair();
    await Promise.all([a.open(), b.open()]);
    a.meet();
    b.meet();
    await a.until(() => a.state.peers[0]?.link.status === 'connected');
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
    // Chromium decodes, and so measures, only what somebody listens to.
    const voice = a.call.getTrack('b', 'microphone');
    const listener = new Audio();
    listener.srcObject = new MediaStream(voice ? [voice] : []);
    await listener.play();
    await a.until(() => (a.levels.get('b') ?? 0) > 0);
    // Its own level needs an audio output, which a test machine may lack.
    expect(a.levels.has('a')).to.equal(true);
    listener.srcObject = null;
    a.say({ microphone: true, camera: false, screen: false });
    await b.until(() => b.state.peers[0]?.media.camera === false);
    a.close();
    await b.until(() => b.state.peers[0]?.link.status === 'none');
    expect([...a.errors, ...b.errors]).to.deep.equal([]);
    b.close();
  });

  it('says nothing once it is closed, whatever was under way', async () => {
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
    const [a, b] = pair({ clock });
    await Promise.all([a.open(), b.open()]);
    a.meet();
    b.meet();
    await b.until(() => b.state.peers[0]?.link.status === 'connected');
    a.call.close();
    const before = a.reports;
    a.meet();
    a.call.publish('camera', a.tracks[0] ?? null);
    a.call.receiveSignal({ type: 'signal', from: 'b', epoch: 9, n: 0, candidates: [] });
    await a.until(() => timers.size === 0);
    expect(a.reports).to.equal(before);
    b.close();
    a.close();
  });

  it('[MO-1] plays a source only while the roster says that it is sent, and nothing from a listener', async () => {
    const [a, b] = pair();
    await Promise.all([a.open(), b.open()]);
    a.meet();
    b.meet();
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
    a.close();
    b.close();
  });

  it('carries data paths over when it moves, and says that they were reset', async () => {
    const one = new FakeNetwork();
    const [a, b] = pair(undefined, { one: one.load });
    a.meet();
    b.meet();
    await a.until(() => a.state.peers[0]?.link.status === 'connected');
    await b.until(() => b.state.peers[0]?.link.status === 'connected');
    const words: string[] = [];
    const note = (word: string): void => {
      words.push(word);
      a.look();
    };
    const there = b.call.data.open('a', 'actions', {
      onOpen: () => note('there'),
      onMessage: (data) => note(`got ${String(data)}`),
    });
    const path = a.call.data.open('b', 'actions', {
      onOpen: () => note('open'),
      onReset: () => note('reset'),
      onClose: () => note('closed'),
      onMessage: (data) => note(`got ${String(data)}`),
    });
    await a.until(() => words.includes('open') && words.includes('there'));
    for (const engine of ['one', 'mesh']) {
      words.length = 0;
      await Promise.all([a.call.move(engine), b.call.move(engine)]);
      await a.until(() => words.includes('open') && words.includes('there'));
      expect(words.filter((word) => word !== 'there')).to.deep.equal(['reset', 'open']);
      expect(path.send('there')).to.equal(true);
      await a.until(() => words.includes('got there'));
      expect(there.send('back')).to.equal(true);
      await a.until(() => words.includes('got back'));
    }
    b.close();
    await a.until(() => words.includes('closed'));
    expect(path.send('late')).to.equal(false);
    a.close();
  });
});
