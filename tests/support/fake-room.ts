// A Room without a wire, for looking at elements in any state: the snapshot is set, requests are kept.
import type {
  Device,
  Diagnostics,
  EncryptionKeys,
  EphemeralValue,
  LocalSource,
  Peer,
  Room,
  RoomEventMap,
  OptionChanges,
  RoomState,
  RtcErrorCode,
  ScreenOptions,
  SimulatedFault,
  Transfer,
  You,
} from '@rtc-elements/core';
import type { ShownSize, Source } from '@rtc-elements/protocol';

import { FileOfferEvent } from '../../packages/core/src/api/files-api.js';
import { Attachments } from '../../packages/core/src/playback/attachments.js';
import { toProblem } from '../../packages/core/src/state/errors.js';
import { FakeFiles } from './fake-files.js';
import { TypedEventTarget } from '../../packages/core/src/support/typed-event-target.js';
import { fakeData } from './fake-data.js';
import { FakeEphemeral } from './data/fake-ephemeral.js';

const off: LocalSource = { status: 'off', deviceId: null, trackId: null, problem: null };

/** A roster line with a good link. */
export function fakePeer(name: string, over: Partial<Peer> = {}): Peer {
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return {
    session: `session-${id}`,
    user: `user-${id}`,
    name,
    role: 'speaker',
    joinedAt: 0,
    state: 'active',
    call: 1,
    media: { microphone: true, camera: true, screen: false },
    hand: false,
    meta: {},
    muted: [],
    read: 0,
    sent: over.media ?? { microphone: true, camera: true, screen: false },
    link: { status: 'connected', path: 'direct', stats: null, quality: 'good', reason: null },
    tracks: {},
    speaking: false,
    typing: false,
    ...over,
  };
}

/** Ourselves in the roster. */
export function fakeYou(over: Partial<You> = {}): You {
  const {
    link: _link,
    tracks: _tracks,
    typing: _typing,
    sent: _sent,
    ...entry
  } = fakePeer('Lin Wei');
  return { ...entry, ...over };
}

/** A snapshot: connected and alone, unless told otherwise. */
export function fakeState(over: Partial<RoomState> = {}): RoomState {
  return {
    connection: 'connected',
    room: 'standup',
    you: fakeYou(),
    peers: [],
    chat: { entries: [], more: false, lastSeq: 0, lastRev: 0 },
    media: { microphone: off, camera: off, screen: off, speakerId: null, devices: [] },
    access: { locked: false, waiting: [], banned: [] },
    sharedState: {},
    limits: { members: 100, meshMembers: 8, historyMessages: 1000 },
    clockOffsetMs: 0,
    left: null,
    problem: null,
    callProblem: null,
    relayProblem: null,
    soundProblem: null,
    ...over,
  };
}

/** Devices as a browser lists them once it is allowed to. */
export const fakeDevices: readonly Device[] = [
  { deviceId: 'mic-1', kind: 'audioinput', label: 'Headset (USB)' },
  { deviceId: 'mic-2', kind: 'audioinput', label: 'Built-in microphone' },
  { deviceId: 'cam-1', kind: 'videoinput', label: 'Front camera' },
  { deviceId: 'out-1', kind: 'audiooutput', label: 'Headset (USB)' },
];

/** A source that is on. */
export const fakeOn = (deviceId: string): LocalSource => ({
  ...off,
  status: 'on',
  deviceId,
  trackId: `track-${deviceId}`,
});

/** A source that somebody wanted on and that is off. */
export const fakeProblem = (code: RtcErrorCode, message: string): LocalSource => ({
  ...off,
  problem: { code, message, retryable: true },
});

/** An in-memory Room. `calls` holds what was asked of it, as `name(json, …)`. */
export class FakeRoom extends TypedEventTarget<RoomEventMap> implements Room {
  readonly calls: string[] = [];
  /** How each screen was to be shared, in order. */
  readonly shared: ScreenOptions[] = [];
  /** Every word of how large something is shown, in order. */
  readonly shown: { session: string; source: Source; size: ShownSize | null }[] = [];
  /** Live tracks by `session source`. */
  readonly liveTracks = new Map<string, MediaStreamTrack>();
  readonly #listeners = new Set<() => void>();
  #state: RoomState;

  constructor(over: Partial<RoomState> = {}) {
    super();
    this.#state = fakeState(over);
  }

  /** Changes the snapshot. */
  set(over: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...over };
    for (const listener of [...this.#listeners]) listener();
  }

  /** How many listen to the snapshot now. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  getSnapshot(): RoomState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly media: Room['media'] = {
    setMicrophone: async (choice) => this.#setSource('microphone', choice),
    setCamera: async (choice) => this.#setSource('camera', choice),
    shareScreen: async (options) => {
      this.shared.push(options ?? {});
      this.#setSource('screen', true);
    },
    stopScreen: () => this.#setSource('screen', false),
    publish: async (track, { source }) => this.#note('publish', track.kind, source),
    setProcessor: async (source, processor) => this.#note('setProcessor', source, !!processor),
    setSpeaker: (speakerId) => {
      this.#note('setSpeaker', speakerId);
      this.set({ media: { ...this.#state.media, speakerId } });
    },
    getTrack: (source) => this.liveTracks.get(` ${source}`) ?? null,
  };

  readonly chat: Room['chat'] = {
    send: async (text, ...options) => {
      this.#note('send', text, ...options);
      return { id: 'sent', seq: 1, at: 0 };
    },
    edit: async (seq, text) => this.#note('edit', seq, text),
    delete: async (seq) => this.#note('delete', seq),
    react: async (seq, emoji, on = true) => this.#note('react', seq, emoji, on),
    search: async (query, options) => {
      this.#note('search', query, options ?? {});
      return { messages: [], more: false };
    },
    history: async (options) => {
      this.#note('history', options ?? {});
      return { messages: [], more: false };
    },
    markRead: (seq) => this.#note('markRead', ...(seq === undefined ? [] : [seq])),
    setTyping: (on) => this.#note('setTyping', on),
    retry: (id) => this.#note('retry', id),
    discard: (id) => this.#note('discard', id),
  };

  readonly moderation: Room['moderation'] = {
    mute: async (session, source) => this.#note('mute', session, source),
    lowerHand: async (session) => this.#note('lowerHand', session),
    remove: async (session) => this.#note('remove', session),
    ban: async (user) => this.#note('ban', user),
    unban: async (user) => this.#note('unban', user),
    lock: async (on) => {
      this.#note('lock', on);
      this.set({ access: { ...this.#state.access, locked: on } });
    },
    admit: async (session) => this.#note('admit', session),
    deny: async (session) => this.#note('deny', session),
    setRole: async (session, role) => this.#note('setRole', session, role),
    close: async () => this.#note('close'),
  };

  readonly files = new FakeFiles();

  /** Somebody offers files, as core tells of it. */
  offerFiles(transfer: Transfer): void {
    this.files.set([...this.files.getSnapshot(), transfer]);
    const event = new FileOfferEvent(transfer);
    this.dispatchEvent(event);
    if (event.defaultPrevented) this.files.change(transfer.id, { isHandled: true });
  }

  readonly sharedState: Room['sharedState'] = {
    get: (key) => this.#state.sharedState[key] ?? null,
    set: async (key, value, options) => this.#note('set-value', key, value, options ?? {}),
    delete: async (key, options) => this.#note('delete-value', key, options ?? {}),
  };

  readonly data = fakeData((...call) => this.#note(...call));

  async join(options: { readonly name?: string } = {}): Promise<void> {
    this.#note('join', ...(options.name === undefined ? [] : [options.name]));
    this.set({ connection: 'connected', you: fakeYou(options), left: null });
  }

  async enterCall(): Promise<void> {
    this.#note('enterCall');
    this.set({ you: fakeYou({ call: 1 }) });
  }

  async leaveCall(): Promise<void> {
    this.#note('leaveCall');
    this.set({ you: fakeYou({ call: 0 }) });
  }

  setPresence(update: Parameters<Room['setPresence']>[0]): void {
    this.#note('setPresence', update);
    const { you } = this.#state;
    if (you && update.hand !== undefined) this.set({ you: { ...you, hand: update.hand } });
  }

  /** Every change of its options, in order. */
  readonly settings: OptionChanges[] = [];

  configure(settings: OptionChanges): void {
    this.settings.push(settings);
  }

  moveCall(engine: string): Promise<void> {
    this.#note('moveCall', engine);
    return Promise.resolve();
  }

  setEncryption(keys: EncryptionKeys | null): Promise<void> {
    this.#note('setEncryption', keys);
    return Promise.resolve();
  }

  retryPeer(session: string): void {
    this.#note('retryPeer', session);
  }

  show(session: string, source: Source, size: ShownSize | null): void {
    this.shown.push({ session, source, size });
  }

  readonly #attachments = new Attachments({
    room: this,
    onSound: (problem) => {
      const { code } = this.#state.soundProblem ?? {};
      if (code !== problem?.code) this.set({ soundProblem: problem && toProblem(problem) });
    },
    reportError: () => undefined,
  });

  readonly audio: Room['audio'] = {
    start: async () => {
      this.#note('start-sound');
      await this.#attachments.start();
    },
  };

  attach(...[element, session, source, { signal } = {}]: Parameters<Room['attach']>): () => void {
    const end = new AbortController();
    if (signal?.aborted) end.abort();
    signal?.addEventListener('abort', () => end.abort());
    this.#attachments.add(element, { session, source }, end.signal);
    return () => end.abort();
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.liveTracks.get(`${session} ${source}`) ?? null;
  }

  readonly #values = new Map<string, FakeEphemeral>();

  ephemeral<T>(name: string): EphemeralValue<T> {
    return this.ephemeralOf(name) as EphemeralValue as EphemeralValue<T>;
  }

  /** The same, for what a test has others set. */
  ephemeralOf(name: string): FakeEphemeral {
    const value = this.#values.get(name) ?? new FakeEphemeral(name);
    this.#values.set(name, value);
    return value;
  }

  async simulate(fault: SimulatedFault): Promise<void> {
    this.#note('simulate', fault);
  }

  diagnostics(): Promise<Diagnostics> {
    this.#note('diagnostics');
    return Promise.resolve({ events: [] } as Partial<Diagnostics> as Diagnostics);
  }

  async leave(): Promise<void> {
    this.#note('leave');
    this.set({ connection: 'closed', left: 'left' });
  }

  #setSource(
    source: 'microphone' | 'camera' | 'screen',
    choice: boolean | { readonly deviceId: string },
  ): void {
    this.#note(`set-${source}`, choice);
    const now = this.#state.media[source];
    const deviceId = typeof choice === 'object' ? choice.deviceId : now.deviceId;
    const status = choice === false ? 'off' : 'on';
    const next: LocalSource = { ...now, status, deviceId, problem: null, trackId: null };
    this.set({ media: { ...this.#state.media, [source]: next } });
  }

  #note(name: string, ...values: unknown[]): void {
    this.calls.push(`${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
  }
}
