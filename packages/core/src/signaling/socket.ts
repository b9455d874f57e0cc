/**
 * The default SocketFactory: one WebSocket after another until closed, spread out so that a room
 * that restarts is not met by everybody in the same instant. Queues nothing: what may not be lost
 * waits in the outbox above.
 */
import { mayRetryAfterClose } from '@rtc-elements/protocol';

import type { Clock, SocketFactory, SocketHandlers, SocketPort } from '../ports.js';
import { retryDelay } from './rules/backoff.js';
import { packHello } from './early-hello.js';

/** How long one try may take. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Open for this long: the next loss is a new one, and retries start from the first again. */
const STABLE_MS = 5_000;

/**
 * Sent when we drop a connection only to open another: anything but 1000 and 1001, which tell the
 * room that we are gone for good.
 */
const RECONNECT_CODE = 4000;

/** What a browser reports when there was no close frame. */
const NO_CLOSE_FRAME = 1006;

/** A factory that waits by `clock` and spreads its retries by `random`. */
export const createSocketFactory =
  (clock: Clock, random: () => number = Math.random): SocketFactory =>
  (getTarget, handlers) =>
    new RetryingSocket(getTarget, handlers, clock, random);

class RetryingSocket implements SocketPort {
  readonly #getTarget: Parameters<SocketFactory>[0];
  readonly #handlers: SocketHandlers;
  readonly #clock: Clock;
  readonly #random: () => number;
  /** The try or connection under way; `null` while waiting for the next, and after the last. */
  #socket: WebSocket | null = null;
  /** The try under way while it has no socket yet; `null`: none. */
  #asking: object | null = null;
  /** Of the one thing that is waited for: the end of a try, or the next. */
  #cancelTimer: () => void = () => undefined;
  #attempt = 0;
  #openedAt: number | null = null;
  #isClosed = false;

  constructor(
    getTarget: Parameters<SocketFactory>[0],
    handlers: SocketHandlers,
    clock: Clock,
    random: () => number,
  ) {
    this.#getTarget = getTarget;
    this.#handlers = handlers;
    this.#clock = clock;
    this.#random = random;
    void this.#open();
  }

  get webSocket(): WebSocket | null {
    return this.#socket;
  }

  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  reconnect(): void {
    if (this.#isClosed) return;
    // Routes and names often come a moment after the network: a try that fails is soon followed.
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
      const socket = (this.#socket = new WebSocket(url, protocols));
      this.#asking = null;
      socket.onopen = () => this.#onOpen(socket.protocol !== '');
      socket.onmessage = ({ data }) => this.#handlers.onMessage(data);
      socket.onclose = ({ code, reason }) => this.#onClose(code, reason);
    } catch {
      // Nobody told where to, or a page's policy forbids it.
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

  /** Lets go of the connection, telling the room `farewell` if it still can hear. */
  #drop(code: number, reason: string, farewell: number): Parameters<SocketHandlers['onClose']>[0] {
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = this.#asking = null;
    if (socket) {
      // What it says after we have let go of it is nobody's business.
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
