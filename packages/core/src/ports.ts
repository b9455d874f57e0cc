/**
 * What core needs of the world. The real things are in `signaling/socket`, `support/clock`, `media/`
 * and `call/link/`; tests bring their own.
 */

/** Wall clock and timers. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms`; call the result to cancel. */
  setTimer(ms: number, task: () => void): () => void;
}

/** One logical socket that opens again by itself until closed. */
export interface SocketPort {
  /** The connection under way, heard by its `on…` properties: what `Room.simulate()` breaks, where there is one. */
  readonly webSocket?: WebSocket | null;
  /** `false`: not open, nothing was sent, nothing is queued. */
  send(text: string): boolean;
  /** Drop the present connection, if any, and open a new one now: for a half-open one (PR-3). */
  reconnect(): void;
  /** Over for good. */
  close(code: number, reason: string): void;
}

export interface SocketHandlers {
  /** `isGreeted`: the room has the `hello` of the target already. */
  onOpen(isGreeted?: boolean): void;
  onMessage(data: unknown): void;
  /** After every loss of a connection or failed try. `willRetry`: another try follows by itself. */
  onClose(close: {
    readonly code: number;
    readonly reason: string;
    readonly willRetry: boolean;
  }): void;
}

/** Where a try goes. */
export interface SocketTarget {
  readonly url: string;
  /** What may go with the request (EN-10); empty: nothing. */
  readonly hello?: string;
}

/** `getTarget` is asked at every try; when it fails, so has the try. */
export type SocketFactory = (
  getTarget: () => Promise<SocketTarget>,
  handlers: SocketHandlers,
) => SocketPort;

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
