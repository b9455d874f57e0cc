/**
 * The seam between a room and what connects its people for audio and video: the mesh, a media engine,
 * or a fake in tests. Nothing here knows how a call does it.
 */
import type {
  DataPurpose,
  EarlyOffer,
  IceServer,
  MediaFlags,
  PeerEntry,
  ShownSize,
  SignalBody,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import type { EncryptionKeys, SimulatedFault } from '../api/call-api.js';
import type { Ports } from '../ports.js';
import type { RtcError } from '../state/errors.js';
import type { LinkStatus, RoomState, TrackIds } from '../state/room-state.js';
import type { Reliability } from './rules/reliability.js';

/** What a call gets from its room, and what it tells it. Each call has a host of its own. */
export interface CallHost {
  /** As the caller gave them. Only the clock is always present; the call fills in what is absent. */
  readonly ports: Pick<Ports, 'clock'> & Partial<Ports>;
  getSnapshot(): RoomState;
  /** Our connection to a peer has changed. */
  onStatus(session: string, status: LinkStatus): void;
  /** The tracks received from a peer have changed; see `Call.getTrack`. */
  onTracks(session: string): void;
  /** What a peer sends, as it says itself: sooner than the room, or while that cannot be reached. */
  onPeerMedia(session: string, media: MediaFlags): void;
  /** What a peer says about data has changed; see `CallData.readinessOf`. */
  onPeerData(session: string): void;
  /** A step is taken to recover the connection to a peer; for the event log. */
  onStep(session: string, step: string): void;
  /** Finds out whether the room can still be reached: what silenced a peer may have cut it off, too. */
  probe(): void;
  /** A failure that the call survives. */
  reportError(error: RtcError): void;
  /** The call has ended by itself. Nothing more comes of it. */
  onEnd(error: RtcError): void;
  /** Sends a signal through the room. `false`: it cannot be reached; nothing was sent. */
  sendSignal(to: string, body: SignalBody): boolean;
  /**
   * A TURN server rejects our credentials; called once for each set of servers (EN-8). `again`: they were
   * rejected before, and no server has accepted any since.
   */
  onTurnRefused(again?: boolean): void;
  /**
   * Why no TURN server gives the call a relay that it needs; `null`: it needs none, or has one again. May be
   * called again with the same code. The codes begin with `turn-`.
   */
  onRelayProblem(error: RtcError | null): void;
}

/** The options of a room that concern its call; see `RoomOptions`. Live: see `Call.configure`. */
export interface CallOptions {
  readonly privacy?: 'relay';
  readonly iceServers: readonly RTCIceServer[];
  readonly maxPeers?: number;
  readonly dataSaver?: boolean;
}

/** Creates a call for one room. It must connect nobody before `start()`. */
export type CreateCall = (host: CallHost, options: CallOptions) => Call;

/** What the module of an engine exports. */
export interface EngineModule {
  readonly createCall: CreateCall;
}

/** Loads the module of each engine, by its name. `mesh` is the built-in one. */
export type Engines = Readonly<Record<string, () => Promise<EngineModule>>>;

/** A connection that carries media and data, for one peer or for several. */
export interface TransportReport {
  /** Unique in the report, and the same in the next one. */
  readonly id: string;
  /** As `RTCPeerConnection.connectionState`, or a word of the engine's own. */
  readonly state: string;
  /** Counts the connections that have followed one another here, from 1. */
  readonly epoch: number;
  /** How often recovery has restarted ICE, and begun a new connection. */
  readonly restarts: number;
  readonly rebuilds: number;
  /** Rejects if the connection is being closed. */
  getStats(): Promise<RTCStatsReport>;
}

export interface PeerReport {
  readonly session: string;
  /** The id of the transport that carries what we receive from them. */
  readonly transport: string;
  /** The ids of their tracks, by source, as in `trackIdentifier` of the statistics. */
  readonly tracks: TrackIds;
  /** What they say that they take beyond the first edition of the protocol (UN-4). */
  readonly features?: readonly string[];
}

/** The connections of a call, and who is reached over which of them. */
export interface CallReport {
  readonly transports: readonly TransportReport[];
  readonly peers: readonly PeerReport[];
}

/**
 * The faults of `Room.simulate()` that a call can cause on itself.
 * @throws RtcError `not-found` if there is nothing that it could affect now.
 */
export type CallFaults = Readonly<Partial<Record<SimulatedFault, () => void | Promise<void>>>>;

export type { DataPurpose } from '@rtc-elements/protocol';
export type { Reliability } from './rules/reliability.js';

/** `Reliability`: of what is sent without one. */
export interface DataOptions extends Reliability {
  /** Both ends have opened it, so it can be used; called again after each reset. */
  onOpen?(): void;
  onMessage(data: string | ArrayBuffer): void;
  /** What carried it was replaced: what had not arrived yet is lost. `onOpen` follows. */
  onReset?(): void;
  /** The peer is gone, and with it the path. */
  onClose?(): void;
  /** Whether it has to stay although nothing is sent on it. */
  isHeld?(): boolean;
}

/** A way to send data to one peer. It outlives the connection that carries it. */
export interface DataPath {
  /**
   * `false`: it is not open; nothing was sent. The buffer is the caller's again when this returns. `reliability`: in place of that of the path; the other end hears the
   * message like all others. A call that cannot send so is more reliable, never less.
   * @throws RtcError `message-too-large`.
   */
  send(data: string | ArrayBuffer, reliability?: Reliability): boolean;
  /** Resolves once more may be sent; `false`: it is not open, or was reset meanwhile. */
  headroom(): Promise<boolean>;
  close(): void;
}

/**
 * What a peer says about data for a purpose. `none`: there is no connection to it. `unknown`: it has not said yet.
 * `unsupported`: it takes none, as older clients. `able`: a path to it can be opened. `waiting`: it has opened its
 * end, and waits for ours.
 */
export type DataReadiness = 'none' | 'unknown' | 'unsupported' | 'able' | 'waiting';

export interface CallData {
  /** Whenever it has changed, the host is told; see `CallHost.onPeerData`. */
  readinessOf(session: string, purpose: DataPurpose): DataReadiness;
  /** @throws RtcError `not-found` if there is no connection to the peer; `conflict` if it is open already. */
  open(session: string, purpose: DataPurpose, options: DataOptions): DataPath;
}

/** For a call whose connections are negotiated through the room. */
export interface CallSignals {
  /** `from` may be a session that the roster does not name yet: its entry is on the way. */
  receive(signal: SignalDelivery): void;
  /**
   * Makes an offer for the first `hello` (EN-6). Resolves when it is about as good as it will get
   * soon. Never rejects.
   */
  makeEarlyOffer(): Promise<void>;
  /** The offer as it is now, once; `null`: there is none. */
  takeEarlyOffer(): EarlyOffer | null;
  /** The room has welcomed us and given the offer to this session, if to any. `reconcile` follows. */
  assignEarlyOffer(session: string | null): void;
}

/** What connects us with the other people in the call. It is given tracks and opens no devices. */
export interface Call {
  /**
   * Opens the call. Resolves once others can be reached through it; whether they are is told by
   * `onStatus`. The roster, tracks and sizes may be given before.
   * @throws RtcError if it cannot be opened.
   */
  start(): Promise<void>;
  /**
   * Takes over the roster; called whenever it has changed and after each welcome. The call connects us
   * to each peer with `call > 0` while our own `call > 0`. A peer that the room gave up stays in `peers`
   * while it is connected (SG-5). If `you.session` has changed, every connection is made anew.
   */
  reconcile(you: PeerEntry, peers: readonly PeerEntry[], iceServers: readonly IceServer[]): void;
  /** Sends `track` as `source` to everybody, in place of what was sent before; `null` ends it. */
  publish(source: Source, track: MediaStreamTrack | null): void;
  /**
   * Encrypts what we send and decrypts what we receive; `null`: no longer. Resolves once that is so.
   * Until then, and if it rejects, the room publishes nothing, so nothing leaves unencrypted. Not called
   * again before it has settled; given other keys, what is sent goes on.
   * @throws RtcError `encryption-failed`; `unsupported` if this call cannot encrypt.
   */
  setEncryption(keys: EncryptionKeys | null): Promise<void>;
  /**
   * The options have changed, and the object that the call was created with shows them. A call without this
   * method takes them over when it is next created. `reconcile` follows if `maxPeers` has changed.
   */
  configure?(): void;
  /** Tells everybody what we send, sooner than the room does. */
  setFlags(flags: MediaFlags): void;
  /** How large we show a picture, in device pixels; `null`: it is not shown. See `Room.show`. */
  show(session: string, source: 'camera' | 'screen', size: ShownSize | null): void;
  /** The track received from a peer, whether or not it may be played. */
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /** How loud a peer is now, 0 to 1; `undefined`: it is not connected. */
  levelOf(session: string): number | undefined;
  readonly data: CallData;
  report(): CallReport;
  readonly faults: CallFaults;
  /** Tries again to reach a peer whose connection has failed. */
  restart(session: string): void;
  /** Ends every connection, telling the peers. Nothing is told to the host afterwards. */
  close(): void;
  /** Absent if the call does not need the room to connect people. */
  readonly signals?: CallSignals;
}
