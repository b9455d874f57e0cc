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

import type { Room, RoomMedia } from '../api/room-api.js';
import type { Ports } from '../ports.js';
import type { RtcError } from '../state/errors.js';
import type { RoomChange } from '../state/room-change.js';
import type { RoomState } from '../state/room-state.js';

/** What the call may ask of its room. */
export interface CallHost {
  /** The room, as everybody sees it. */
  readonly room: Pick<Room, 'subscribe' | 'addEventListener'>;
  /** As of `SocketPort`. */
  webSocket(): WebSocket | null;
  /** Finds out whether the room still hears us: what has silenced a peer may have taken the socket. */
  probe(): void;
  /** As the caller gave them; the clock is always there. What is absent, the call fills in. */
  readonly ports: Pick<Ports, 'clock'> & Partial<Ports>;
  getSnapshot(): RoomState;
  dispatch(change: RoomChange): void;
  /** `false`: the room is out of reach; the call keeps what must be said and says it after `reconcile`. */
  sendSignal(to: string, body: SignalBody): boolean;
  /**
   * Our media flags changed: tell the room. Kept and told on the next welcome when out of reach.
   * `again`: tell it even if the room should know.
   */
  setMediaFlags(flags: MediaFlags, again?: true): void;
  /** Levels of everybody heard, ourselves included, 0 to 1 by session; ten times a second. */
  reportLevels(levels: ReadonlyMap<string, number>): void;
  /** A TURN server does not accept our credentials; told once for each set of servers (EN-8). */
  onTurnRefused(): void;
  /** A failure that somebody should hear of; not the end of the call. */
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

/** The media side of a room: devices and links. Loaded only when a room first wants media. */
export interface Call {
  readonly media: RoomMedia;
  /** `module` is `null` until it is loaded, which begins while the call connects; `use` waits for it. */
  readonly background: {
    readonly module: DebugBackground | null;
    use<T>(task: (background: DebugBackground) => T | Promise<T>): Promise<T>;
  };
  /**
   * The call is being entered: opens the devices that `options.audio` and `options.video` ask for,
   * save those that the person has switched since (a lobby). Failures show in the snapshot.
   */
  start(): void;
  /**
   * The roster, whenever it changed and after each welcome: makes and drops links, so that there is
   * one to each peer with `call > 0` while our own `call > 0`. The later of the two offers.
   * A peer that the room gave up stays in `peers` while its link is connected (SG-5). With another
   * `you.session` than before, all links belong to a session that is over: close them, make new ones.
   */
  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void;
  /** `from` may be a session that the roster does not name yet: its entry is on the way. */
  receiveSignal(signal: SignalDelivery): void;
  /** What `hello` needs of the links. */
  readonly early: Pick<Topology, 'makeEarlyOffer' | 'takeEarlyOffer' | 'assignEarlyOffer'>;
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /** Another try for a link that has failed. */
  retry(session: string): void;
  /** As of `Room`. */
  show: Room['show'];
  /** Says `bye` on every link, closes all of them, stops every track. Nothing is dispatched later. */
  close(): void;
}

/** How the mesh, or whatever takes its place, is asked for links; an SFU is another one. */
export interface Topology {
  reconcile(
    you: PeerEntry | null,
    peers: readonly PeerEntry[],
    iceServers: readonly IceServer[],
  ): void;
  receiveSignal(signal: SignalDelivery): void;
  /** Send `track` as `source` to everybody, in place of what was sent; `null` ends it. */
  publish(source: Source, track: MediaStreamTrack | null): void;
  getTrack(session: string, source: Source): MediaStreamTrack | null;
  /** Makes an offer for the first `hello` (EN-6). Resolves when it is as good as it gets soon; never rejects. */
  makeEarlyOffer(): Promise<void>;
  /** As it is now, and once; `null`: it is not there. */
  takeEarlyOffer(): EarlyOffer | null;
  /** Welcomed: who was given it, if anybody. `reconcile` follows. */
  assignEarlyOffer(taker: string | null): void;
  close(): void;
}
