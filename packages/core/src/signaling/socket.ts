/**
 * The default SocketFactory: reconnects until closed, with jitter, so that a restarting room is not hit
 * by everybody at the same instant. Queues nothing: messages that must not be lost wait in the outbox.
 */
import { mayRetryAfterClose } from '@rtc-elements/protocol';

import type { Clock, SocketFactory, SocketHandlers, SocketPort, WebSocketClass } from '../ports.js';
import { RtcError } from '../state/errors.js';
import { retryDelay } from './rules/backoff.js';
import { packHello } from './early-hello.js';

/** How long one attempt may take. */
const CONNECT_TIMEOUT_MS = 10_000;

/** After a connection has been open this long, the backoff starts over. */
const STABLE_MS = 5_000;

/**
 * The close code for a connection that we replace with another. Any code except 1000 and 1001 would do:
 * those tell the room that we have left for good.
 */
const RECONNECT_CODE = 4000;

/** What a browser reports if there was no close frame. */
const NO_CLOSE_FRAME = 1006;

/** `WebSocket.OPEN`. */
const OPEN = 1;

interface SocketParts {
  readonly clock: Clock;
  /** Randomises the pauses between attempts. */
  readonly random?: () => number;
  /** Default: the global one, as it is at each attempt. */
  readonly WebSocket?: WebSocketClass | undefined;
}

/**
 * Creates a factory of sockets that time their retries with `clock`.
 * @throws RtcError `unsupported` if there is no `WebSocket`.
 */
export function createSocketFactory(parts: SocketParts): SocketFactory {
  if (parts.WebSocket || typeof WebSocket !== 'undefined')
    return (getTarget, handlers) => new RetryingSocket(getTarget, handlers, parts);
  throw new RtcError('unsupported', 'There is no WebSocket here. Pass "ports.WebSocket".');
}

class RetryingSocket implements SocketPort {
  readonly #getTarget: Parameters<SocketFactory>[0];
  readonly #handlers: SocketHandlers;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #WebSocket: WebSocketClass | undefined;
  /** The current attempt or connection; `null` while waiting for the next attempt and once closed. */
  #socket: InstanceType<WebSocketClass> | null = null;
  /** The current attempt while it has no socket yet; `null`: none. */
  #asking: object | null = null;
  /** Cancels the only timer: the timeout of an attempt, or the delay before the next. */
  #cancelTimer: () => void = () => undefined;
  #attempt = 0;
  #openedAt: number | null = null;
  #isClosed = false;

  constructor(
    getTarget: Parameters<SocketFactory>[0],
    handlers: SocketHandlers,
    { clock, random = Math.random, WebSocket }: SocketParts,
  ) {
    this.#getTarget = getTarget;
    this.#handlers = handlers;
    this.#clock = clock;
    this.#random = random;
    this.#WebSocket = WebSocket;
    void this.#open();
  }

  get webSocket(): WebSocket | null {
    return this.#socket as WebSocket | null;
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  reconnect(): void {
    if (this.#isClosed) return;
    // Routes and DNS often come up shortly after the network: a failed attempt is repeated soon.
    this.#attempt = 0;
    if (this.#socket) this.#handlers.onClose(this.#drop(NO_CLOSE_FRAME, '', RECONNECT_CODE));
    // The handler may have closed us.
    if (!this.#isClosed) void this.#open();
  }

  close(code: number, reason: string): void {
    this.#isClosed = true;
    this.#drop(code, reason, code);
  }

  async #open(): Promise<void> {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(CONNECT_TIMEOUT_MS, () => this.#giveUp());
    const asking = (this.#asking = this.#getTarget());
    try {
      const { url, hello } = await asking;
      const protocols = hello ? await packHello(hello) : [];
      if (this.#asking !== asking) return;
      const socket = (this.#socket = new (this.#WebSocket ?? WebSocket)(url, protocols));
      this.#asking = null;
      socket.onopen = () => this.#onOpen(socket.protocol !== '');
      socket.onmessage = ({ data }: MessageEvent) => this.#handlers.onMessage(data);
      socket.onclose = ({ code, reason }: CloseEvent) => this.#onClose(code, reason);
      // `close` follows. That of the package `ws` ends the program if nobody listens, also after we have dropped it.
      socket.onerror = () => undefined;
    } catch {
      // `getTarget` failed, or the page's policy forbids the connection.
      if (this.#asking === asking) this.#giveUp();
    }
  }

  #onOpen(isGreeted: boolean): void {
    this.#cancelTimer();
    this.#openedAt = this.#clock.now();
    this.#handlers.onOpen(isGreeted);
  }

  #giveUp(): void {
    this.#onClose(NO_CLOSE_FRAME, '');
  }

  #onClose(code: number, reason: string): void {
    const close = this.#drop(code, reason, RECONNECT_CODE);
    if (close.willRetry) {
      this.#attempt += 1;
      const waitMs = retryDelay(this.#attempt, this.#random());
      this.#cancelTimer = this.#clock.setTimer(waitMs, () => void this.#open());
    } else this.#isClosed = true;
    this.#handlers.onClose(close);
  }

  /** Closes the connection with the code `farewell` and stops listening to it. */
  #drop(code: number, reason: string, farewell: number): Parameters<SocketHandlers['onClose']>[0] {
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = this.#asking = null;
    if (socket) {
      // Events of a dropped socket are of no interest.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(farewell, reason);
    }
    if (this.#openedAt !== null && this.#clock.now() - this.#openedAt >= STABLE_MS) {
      this.#attempt = 0;
    }
    this.#openedAt = null;
    return { code, reason, willRetry: mayRetryAfterClose(code) };
  }
}
