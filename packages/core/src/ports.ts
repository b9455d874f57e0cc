/**
 * What core needs from its environment. The real implementations are in `signaling/socket`,
 * `support/clock`, `media/` and `call/link/`; tests supply their own.
 */

/** Wall clock and timers. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds. Call the returned function to cancel it. */
  setTimer(ms: number, task: () => void): () => void;
}

/** A logical socket that reconnects on its own until it is closed. */
export interface SocketPort {
  /** The current connection, whose `on…` properties are in use. `Room.simulate()` breaks it, if present. */
  readonly webSocket?: WebSocket | null;
  /** Returns `false` if the socket is not open; the text is then neither sent nor queued. */
  send(text: string): boolean;
  /** Drops the current connection, if any, and opens a new one now. Used when it is half-open (PR-3). */
  reconnect(): void;
  /** Closes the socket permanently. */
  close(code: number, reason: string): void;
}

export interface SocketHandlers {
  /** `isGreeted`: the room already has the target's `hello`. */
  onOpen(isGreeted?: boolean): void;
  onMessage(data: unknown): void;
  /** Called after each lost connection or failed attempt. `willRetry`: another attempt follows. */
  onClose(close: {
    readonly code: number;
    readonly reason: string;
    readonly willRetry: boolean;
  }): void;
}

/** Where to connect. */
export interface SocketTarget {
  readonly url: string;
  /** The `hello` to send with the request (EN-10); empty or absent: none. */
  readonly hello?: string;
}

/** `getTarget` is called for each attempt; if it rejects, the attempt has failed. */
export type SocketFactory = (
  getTarget: () => Promise<SocketTarget>,
  handlers: SocketHandlers,
) => SocketPort;

/** What opens web sockets: that of a browser, of Node, or of the package `ws`. */
export type WebSocketClass = new (
  url: string,
  protocols: string[],
) => Pick<WebSocket, 'readyState' | 'protocol' | 'close'> & {
  send(text: string): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
};

/** Creates peer connections; a peer in Node supplies its own factory. */
export type PeerConnectionFactory = (configuration: RTCConfiguration) => RTCPeerConnection;

/** The part of `navigator.mediaDevices` that local media uses. */
export interface MediaPort {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  getDisplayMedia(options: DisplayMediaStreamOptions): Promise<MediaStream>;
  enumerateDevices(): Promise<readonly MediaDeviceInfo[]>;
  onDeviceChange(task: () => void): () => void;
}

/**
 * Everything core needs from its environment. `createRoom()` uses the browser's for whatever is absent. Outside a browser,
 * `WebSocket` is enough for the chat, `createPeerConnection` for a call, `media` for devices.
 */
export interface Ports {
  readonly clock: Clock;
  /** Needed where there is no global one, as in Node 20. Not used beside `openSocket`. */
  readonly WebSocket: WebSocketClass;
  readonly openSocket: SocketFactory;
  readonly createPeerConnection: PeerConnectionFactory;
  readonly media: MediaPort;
}
