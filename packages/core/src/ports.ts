/**
 * What core needs of the world, and the seam between the room and the call in it. The real things
 * are in `signaling/socket`, `support/clock`, `media/` and `peer/`; tests bring their own.
 */
import type {
  BasicMessage,
  ChatPage,
  EarlyOffer,
  IceServer,
  Json,
  MediaFlags,
  Moderation,
  PeerEntry,
  SignalBody,
  SignalDelivery,
  Source,
} from '@rtc-elements/protocol';

import type { RtcError } from './errors.js';
import type { RoomChat, RoomMedia } from './room-api.js';
import type { RoomEventMap } from './room-events.js';
import type { RoomSide } from './room-side.js';
import type { RoomChange } from './state/room-change.js';
import type { RoomState } from './state/room-state.js';

/** Wall clock and timers. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`; call the result to cancel. */
  setTimer(ms: number, task: () => void): () => void;
}

/** One logical socket that opens again by itself until closed. */
export interface SocketPort {
  /** `false`: not open, nothing was sent, nothing is queued. */
  send(text: string): boolean;
  /** Drop the present connection, if any, and open a new one now: for a half-open one (PR-3). */
  reconnect(): void;
  /** Over for good. */
  close(code: number, reason: string): void;
}

export interface SocketHandlers {
  onOpen(): void;
  onMessage(data: unknown): void;
  /** After every loss of a connection or failed try. `willRetry`: another try follows by itself. */
  onClose(close: {
    readonly code: number;
    readonly reason: string;
    readonly willRetry: boolean;
  }): void;
}

export type SocketFactory = (url: string, handlers: SocketHandlers) => SocketPort;

/** Makes peer connections; a Node peer brings another one. */
export type PeerConnectionFactory = (configuration: RTCConfiguration) => RTCPeerConnection;

/** The part of `navigator.mediaDevices` that local media uses. */
export interface MediaPort {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  getDisplayMedia(options: DisplayMediaStreamOptions): Promise<MediaStream>;
  enumerateDevices(): Promise<readonly MediaDeviceInfo[]>;
  onDeviceChange(task: () => void): () => void;
}

/** The world, as a whole. `createRoom()` fills in the browser's for what is absent. */
export interface Ports {
  readonly clock: Clock;
  readonly openSocket: SocketFactory;
  readonly createPeerConnection: PeerConnectionFactory;
  readonly media: MediaPort;
}

/** What the call may ask of its room. */
export interface CallHost {
  /** As the caller gave them; the clock is always there. What is absent, the call fills in. */
  readonly ports: Pick<Ports, 'clock'> & Partial<Ports>;
  getSnapshot(): RoomState;
  dispatch(change: RoomChange): void;
  /** `false`: the room is out of reach; the call keeps what must be said and says it after `reconcile`. */
  sendSignal(to: string, body: SignalBody): boolean;
  /** Our media flags changed: tell the room. Kept and told on the next welcome when out of reach. */
  setMediaFlags(flags: MediaFlags): void;
  /** Levels of everybody heard, ourselves included, 0 to 1 by session; ten times a second. */
  reportLevels(levels: ReadonlyMap<string, number>): void;
  /** A failure that somebody should hear of; not the end of the call. */
  reportError(error: RtcError): void;
}

/** The media side of a room: devices and links. Loaded only when a room first wants media. */
export interface Call {
  readonly media: RoomMedia;
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
  /** `from` may be a session that the roster does not name yet: its line is on the way. */
  receiveSignal(signal: SignalDelivery): void;
  /** Offers for `hello` (EN-6); empty when they could not be made in time. */
  makeEarlyOffers(limit: number): Promise<readonly EarlyOffer[]>;
  /** Who took them, in order (EN-6). */
  assignEarlyOffers(takers: readonly (string | null)[]): void;
  getTrack(session: string, source: Source): MediaStreamTrack | null;
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
  makeEarlyOffers(limit: number): Promise<readonly EarlyOffer[]>;
  assignEarlyOffers(takers: readonly (string | null)[]): void;
  close(): void;
}

/** What the annex may ask of its room. */
export interface AnnexHost extends RoomSide {
  dispatchEvent(event: RoomEventMap[keyof RoomEventMap]): void;
  /** For links to come and for restarts (EN-8). */
  useIceServers(iceServers: readonly IceServer[]): void;
}

/** What most stays never need: requests that are answered, the door, shared values, notices. */
export interface Annex {
  moderate(moderation: Moderation): Promise<void>;
  setValue(key: string, value: Json, options?: { readonly rev?: number }): Promise<void>;
  edit(seq: number, text: string): Promise<void>;
  delete(seq: number): Promise<void>;
  react(seq: number, emoji: string, on?: boolean): Promise<void>;
  search(query: string, options?: Parameters<RoomChat['search']>[1]): Promise<ChatPage>;
  /** A frame of a type that the first load does not know. */
  receive(frame: unknown): void;
  /** Everything else that the room says; the annex looks for answers to its requests. */
  hear(message: BasicMessage): void;
  /** The credentials of `welcome` last this long: ask for others in time (EN-8). */
  keepIce(ttlMs: number): void;
  /** A TURN server refused them: ask now. */
  refreshIce(): void;
  /** The connection ended; nothing asked on it is answered any more. */
  begin(): void;
  close(): void;
}
