/** The seam between a room and the call in it. */
import type {
  EarlyOffer,
  IceServer,
  MediaFlags,
  PeerEntry,
  SignalBody,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import type { Room } from '../api/room-api.js';
import type { Ports } from '../ports.js';
import type { RtcError } from '../state/errors.js';
import type { RoomChange } from '../state/room-change.js';
import type { RoomState } from '../state/room-state.js';

/** What the call may ask of its room. */
export interface CallHost {
  /** The room, as everybody sees it. */
  readonly room: Pick<Room, 'subscribe' | 'addEventListener'>;
  /** See `SocketPort`. */
  webSocket(): WebSocket | null;
  /** Finds out whether the socket still works: what has silenced a peer may have cut it as well. */
  probe(): void;
  /**
   * As the caller gave them. Only the clock is always present; the call fills in what is absent.
   */
  readonly ports: Pick<Ports, 'clock'> & Partial<Ports>;
  getSnapshot(): RoomState;
  dispatch(change: RoomChange): void;
  /**
   * `false`: the room is out of reach. The call keeps the signal and sends it after `reconcile`.
   */
  sendSignal(to: string, body: SignalBody): boolean;
  /** The track of our microphone, while it is on or held. */
  microphone(): MediaStreamTrack | null;
  /**
   * The level of everybody heard, ourselves included, 0 to 1 by session; called ten times a second.
   */
  reportLevels(levels: ReadonlyMap<string, number>): void;
  /** A TURN server does not accept our credentials; called once for each set of servers (EN-8). */
  onTurnRefused(): void;
  /** Reports a failure that the call survives. */
  reportError(error: RtcError): void;
}

/** A link, for `Room.diagnostics()` and `Room.simulate()`. */
export interface DebugLink {
  readonly health: { readonly state: string };
  readonly epoch: number;
  getStats(): Promise<RTCStatsReport>;
  rebuild(): void;
}

/** The background of a call, for the same two. */
export interface DebugBackground {
  readonly mesh: {
    readonly links: ReadonlyMap<string, { readonly link: DebugLink }>;
    onTurnRefused(): void;
  };
  /** Recovers a link as if its path had failed. */
  fail(link: object): void;
}

/** What connects us with the others. Loaded only when a room first wants it. */
export interface Call {
  /**
   * `module` is `null` until it is loaded, which begins while the call connects; `use` waits for it.
   */
  readonly background: {
    readonly module: DebugBackground | null;
    use<T>(task: (background: DebugBackground) => T | Promise<T>): Promise<T>;
  };
  /**
   * Takes over the roster; called whenever it has changed and after each welcome. Makes and drops
   * links, so that there is one to each peer with `call > 0` while our own `call > 0`. Of two
   * members the one who came later offers. A peer that the room gave up stays in `peers` while its
   * link is connected (SG-5). If `you.session` has changed, all links are closed and made anew:
   * they belong to a session that is over.
   */
  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void;
  /** Sends `track` as `source` to everybody, in place of what was sent before; `null` ends it. */
  publish(source: Source, track: MediaStreamTrack | null): void;
  /** Tells everybody what we send, sooner than the room does. */
  setFlags(flags: MediaFlags): void;
  /** `from` may be a session that the roster does not name yet: its entry is on the way. */
  receiveSignal(signal: SignalDelivery): void;
  /** What `hello` needs of the call (EN-6). */
  readonly early: Pick<Topology, 'makeEarlyOffer' | 'takeEarlyOffer' | 'assignEarlyOffer'>;
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /** Tries again to reach a peer whose link has failed. */
  retry(session: string): void;
  /** See `Room`. */
  show: Room['show'];
  /**
   * Says `bye` on every link and closes all of them. Nothing is dispatched afterwards.
   */
  close(): void;
}

/** What makes the links of a call: the mesh, or something in its place. */
export interface Topology {
  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void;
  receiveSignal(signal: SignalDelivery): void;
  /** Sends `track` as `source` to everybody, in place of what was sent before; `null` ends it. */
  publish(source: Source, track: MediaStreamTrack | null): void;
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /**
   * Makes an offer for the first `hello` (EN-6). Resolves when it is about as good as it will get
   * soon. Never rejects.
   */
  makeEarlyOffer(): Promise<void>;
  /** The offer as it is now, once; `null`: there is none. */
  takeEarlyOffer(): EarlyOffer | null;
  /**
   * The room has welcomed us and given the offer to this session, if to any. `reconcile` follows.
   */
  assignEarlyOffer(session: string | null): void;
  close(): void;
}
