/**
 * A call without a peer connection. It remembers what it was told, and connects those who are on the
 * same `FakeNetwork`: in memory, with real tracks.
 */
import type {
  EarlyOffer,
  IceServer,
  MediaFlags,
  PeerEntry,
  ShownSize,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import type {
  Call,
  CallData,
  CallFaults,
  CallHost,
  CallOptions,
  CallReport,
  CallSignals,
  CreateCall,
  DataOptions,
  DataPurpose,
  EngineModule,
} from '../../packages/core/src/call/ports.js';
import type { EncryptionKeys, SimulatedFault } from '../../packages/core/src/api/room-api.js';
import { checkKeys } from '../../packages/core/src/encryption/check-keys.js';
import { RtcError } from '../../packages/core/src/state/errors.js';
import type { LinkStatus } from '../../packages/core/src/state/room-state.js';
import { type FakeConditions, fakeReport } from './fake-report.js';

/** The largest message that a fake call carries, bytes. */
const MOST_BYTES = 100_000;

/** Where fake calls find each other, by session. */
export class FakeNetwork implements FakeConditions {
  readonly calls = new Map<string, FakeCall>();
  /** How a call opens here; a test may make it wait or fail. */
  open: () => Promise<void> = () => Promise.resolve();
  /** How long its calls take to encrypt with other keys. */
  encrypt: () => Promise<void> = () => Promise.resolve();
  /** Of every call made here, in order. */
  readonly made: FakeCall[] = [];
  /** The faults that its calls can cause. */
  faults: readonly SimulatedFault[] = [];
  /** Whether its calls can encrypt. */
  encrypts = true;
  transports: FakeConditions['transports'] = 'shared';
  readonly loss = new Map<string, number>();
  /** How loud everybody is who is connected, 0 to 1. */
  level = 0.5;

  /** As an engine would export it. */
  readonly createCall: CreateCall = (host, options) => {
    const call = new FakeCall(host, options, this);
    this.made.push(call);
    return call;
  };

  /** For `RoomOptions.engines`. */
  readonly load = (): Promise<EngineModule> => Promise.resolve(this);
}

/** Core's `Call`. Without a network it connects nobody. */
export class FakeCall implements Call {
  readonly host: CallHost;
  readonly options: CallOptions;
  readonly #network: FakeNetwork;
  /** Names of what was called, oldest first. */
  readonly calls: string[] = [];
  readonly received: SignalDelivery[] = [];
  readonly rosters: {
    you: PeerEntry;
    peers: readonly PeerEntry[];
    ice: readonly IceServer[];
  }[] = [];
  /** What it was given to send. */
  published: Partial<Record<Source, MediaStreamTrack | null>> = {};
  /** Every track that it was ever given to send, in order. */
  readonly given: MediaStreamTrack[] = [];
  /** What is shown here of others, by session and source. */
  readonly shown = new Map<string, ShownSize | null>();
  /** The faults that were caused. */
  readonly caused: SimulatedFault[] = [];
  /** The early offer, once it is there. */
  offer: EarlyOffer | null | Promise<EarlyOffer | null> = null;
  /** Who was given it; `undefined`: not told yet. */
  taker: string | null | undefined;
  #offer: EarlyOffer | null = null;
  /** What each peer sends us. */
  readonly #received = new Map<string, Map<Source, MediaStreamTrack>>();
  readonly #paths = new Map<string, DataOptions>();
  #session = '';
  #keys: EncryptionKeys | null = null;
  /** How often statistics were read. */
  #readings = 0;
  #isOpen = false;
  #isClosed = false;

  constructor(host: CallHost, options: CallOptions, network = new FakeNetwork()) {
    this.host = host;
    this.options = options;
    this.#network = network;
  }

  async start(): Promise<void> {
    this.calls.push('start');
    await this.#network.open();
    this.#isOpen = true;
    this.#enter();
  }

  reconcile(you: PeerEntry, peers: readonly PeerEntry[], ice: readonly IceServer[]): void {
    this.calls.push('reconcile');
    this.rosters.push({ you, peers, ice });
    if (this.#session && (this.#session !== you.session || you.call === 0)) this.#exit();
    this.#enter();
  }

  publish(source: Source, track: MediaStreamTrack | null): void {
    this.published = { ...this.published, [source]: track };
    if (track) this.given.push(track);
    for (const other of this.#others) other.#receive(this.#session, source, track);
  }

  async setEncryption(keys: EncryptionKeys | null): Promise<void> {
    this.calls.push(keys ? 'encrypt' : 'decrypt');
    if (keys && !this.#network.encrypts) throw new RtcError('unsupported', 'It cannot encrypt.');
    if (keys) checkKeys(keys);
    await this.#network.encrypt();
    this.#keys = keys;
  }

  /** What it encrypts with. */
  get keys(): EncryptionKeys | null {
    return this.#keys;
  }

  configure(): void {
    this.calls.push('configure');
  }

  setFlags(flags: MediaFlags): void {
    for (const other of this.#others) other.host.onPeerMedia(this.#session, flags);
  }

  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void {
    this.shown.set(`${session} ${source}`, size);
  }

  getTrack(session: string, source: Source): MediaStreamTrack | null {
    return this.#received.get(session)?.get(source) ?? null;
  }

  levelOf(session: string): number | undefined {
    return this.#received.has(session) ? this.#network.level : undefined;
  }

  readonly data: CallData = {
    readinessOf: (session, purpose) => {
      if (!this.#received.has(session)) return 'none';
      const isWaiting =
        !this.#paths.has(`${session} ${purpose}`) && this.#endOf(session, purpose) !== undefined;
      return isWaiting ? 'waiting' : 'able';
    },
    open: (session, purpose, options) => {
      if (!this.#received.has(session)) throw new RtcError('not-found', 'Nobody is there.');
      const key = `${session} ${purpose}`;
      if (this.#paths.has(key)) throw new RtcError('conflict', 'It is open.');
      this.#paths.set(key, options);
      const end = this.#endOf(session, purpose);
      for (const one of end ? [options, end] : []) queueMicrotask(() => one.onOpen?.());
      if (!end) this.#network.calls.get(session)?.host.onPeerData(this.#session);
      const isOpen = (): boolean =>
        this.#paths.get(key) === options && this.#endOf(session, purpose) !== undefined;
      return {
        send: (data) => {
          if (typeof data !== 'string' && data.byteLength > MOST_BYTES) {
            throw new RtcError('message-too-large', `Send at most ${MOST_BYTES} bytes.`);
          }
          if (!isOpen()) return false;
          const copy = typeof data === 'string' ? data : data.slice(0);
          queueMicrotask(() => this.#endOf(session, purpose)?.onMessage(copy));
          return true;
        },
        headroom: () => Promise.resolve(isOpen()),
        close: () => void this.#paths.delete(key),
      };
    },
  };

  report(): CallReport {
    return fakeReport({
      conditions: this.#network,
      isOpen: this.#isOpen,
      received: this.#received,
      read: () => (this.#readings += 1),
      canDecode: (session) => this.#reads(session),
    });
  }

  get faults(): CallFaults {
    return Object.fromEntries(
      this.#network.faults.map((fault) => [fault, () => void this.caused.push(fault)]),
    );
  }

  restart(session: string): void {
    this.calls.push(`restart ${session}`);
  }

  readonly signals: CallSignals = {
    receive: (signal) => void this.received.push(signal),
    makeEarlyOffer: async () => {
      this.#offer = await this.offer;
    },
    takeEarlyOffer: () => {
      const offer = this.#offer;
      this.#offer = null;
      return offer;
    },
    assignEarlyOffer: (taker) => {
      this.taker = taker;
    },
  };

  close(): void {
    this.calls.push('close');
    this.#exit();
    this.#isClosed = true;
  }

  /** What an engine's server may do: break the connection to a peer, or end the call. */
  setStatus(session: string, status: LinkStatus): void {
    this.host.onStatus(session, status);
  }

  get #others(): readonly FakeCall[] {
    return [...this.#network.calls.values()].filter((call) => call !== this && this.#knows(call));
  }

  /** The other end of a path of ours, if the peer has opened it. */
  #endOf(session: string, purpose: DataPurpose): DataOptions | undefined {
    const other = this.#network.calls.get(session);
    return other ? other.#paths.get(`${this.#session} ${purpose}`) : undefined;
  }

  #knows(call: FakeCall): boolean {
    return this.#session !== '' && this.#received.has(call.#session);
  }

  /** Whether we have the key that a peer encrypts with. */
  #reads(session: string): boolean {
    const peer = this.#network.calls.get(session);
    const theirs = peer ? peer.#keys : null;
    const ours = [...(this.#keys?.keys.values() ?? [])];
    const key = theirs?.keys.get(theirs.sendWith);
    return key ? ours.includes(key) : this.#keys === null;
  }

  #enter(): void {
    const { you, peers = [] } = this.rosters.at(-1) ?? {};
    if (!this.#isOpen || this.#isClosed || !you?.call) return;
    this.#session = you.session;
    this.#network.calls.set(you.session, this);
    const wanted = new Set(peers.filter(({ call }) => call > 0).map(({ session }) => session));
    for (const session of [...this.#received.keys()]) {
      if (!wanted.has(session)) this.#forget(session);
    }
    for (const session of wanted) {
      const other = this.#network.calls.get(session);
      if (!other || this.#received.has(session)) continue;
      this.#connect(other);
      other.#connect(this);
    }
  }

  #connect(other: FakeCall): void {
    this.#received.set(other.#session, new Map());
    this.host.onStatus(other.#session, 'connected');
    this.host.onPeerData(other.#session);
    for (const [source, track] of Object.entries(other.published)) {
      this.#receive(other.#session, source as Source, track);
    }
  }

  /** A track that arrives is another one than that which was sent. */
  #receive(session: string, source: Source, track: MediaStreamTrack | null): void {
    const tracks = this.#received.get(session);
    tracks?.get(source)?.stop();
    if (track) tracks?.set(source, track.clone());
    else tracks?.delete(source);
    this.host.onTracks(session);
  }

  #exit(): void {
    for (const other of this.#others) other.#forget(this.#session);
    for (const session of [...this.#received.keys()]) this.#forget(session);
    this.#network.calls.delete(this.#session);
    this.#session = '';
  }

  #forget(session: string): void {
    const tracks = this.#received.get(session);
    if (!tracks) return;
    this.#received.delete(session);
    for (const track of tracks.values()) track.stop();
    for (const [key, { onClose }] of [...this.#paths]) {
      if (!key.startsWith(`${session} `)) continue;
      this.#paths.delete(key);
      onClose?.();
    }
    this.host.onTracks(session);
    this.host.onStatus(session, 'none');
  }
}
