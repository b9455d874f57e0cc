/**
 * One stay in a room as the socket sees it: says hello, takes up a lost session, notices a dead
 * connection, keeps the roster's numbers. Knows nothing of chat, devices or snapshots.
 */
import {
  type ClientMessage,
  CLOSE,
  decodeServerMessage,
  encode,
  type FaultCode,
  HEARTBEAT,
  type HelloMessage,
  PROTOCOL_VERSION,
  type ServerMessage,
  TIMES,
  type WelcomeMessage,
} from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Clock, SocketFactory, SocketPort, SocketTarget } from '../ports.js';
import { ignoreFrame } from '../support/log.js';
import type { Address } from './address.js';
import { Heartbeat } from './heartbeat.js';
import { watchPage } from './page-events.js';

/** How long a room that took the connection may take to welcome us. */
const WELCOME_MS = 10_000;

/** What this client says of itself, besides the session to resume. */
export type Greeting = Omit<HelloMessage, 'type' | 'protocol' | 'resume'>;

/** What a room says once we are in, save what keeps the connection itself going. */
type RoomMessage = Exclude<ServerMessage, { readonly type: 'welcome' | 'pong' | 'wait' }>;

/** One receiver for each type of message: a type that nobody takes does not compile. */
export type Routes = {
  readonly [Type in RoomMessage['type']]: (
    message: Extract<RoomMessage, { readonly type: Type }>,
  ) => void;
};

export interface SignalingHandlers {
  /** The page is shown now, or hidden. */
  onVisibility(): void;
  /** The first try waits for it. */
  readonly ready: Promise<void> | null;
  /** The first words, asked for at each connection. */
  greet(): Greeting;
  onWelcome(welcome: WelcomeMessage): void;
  /** Who takes what comes after a welcome and is not the client's own business. */
  readonly routes: Routes;
  /** A host has to let us in (MO-3). */
  onWait(): void;
  /** Out of the room, or not in it yet; another try follows. `why`, where it is not the network. */
  onUnreachable(why: RtcError | null): void;
  /** The room will not have us, by a close code or the fault it answered with; over. */
  onRefused(cause: number | FaultCode): void;
}

export class SignalingClient {
  readonly #address: Address;
  readonly #clock: Clock;
  readonly #openSocket: SocketFactory;
  readonly #handlers: SignalingHandlers;
  readonly #heartbeat: Heartbeat;
  readonly #stopWatching: () => void;
  #socket: SocketPort | null = null;
  #session: string | null = null;
  #isWelcome = false;
  /** Whether the next try keeps hello until it is open. */
  #isPlainNext = false;
  /** A try has failed or a connection was lost, and none has opened since. */
  #isDown = false;
  /** The newest roster number that we hold; `null` while a whole roster is on its way. */
  #rosterSeq: number | null = null;
  #cancelWelcomeTimer: () => void = () => undefined;
  /** Set while no connection may be opened (LI-4). */
  #cancelReturn: (() => void) | null = null;
  /** What the room said last about when to come back. */
  #retryAfterMs: number = TIMES.floodMs;

  constructor(
    address: Address,
    clock: Clock,
    openSocket: SocketFactory,
    handlers: SignalingHandlers,
  ) {
    this.#address = address;
    this.#clock = clock;
    this.#openSocket = openSocket;
    this.#handlers = handlers;
    this.#heartbeat = new Heartbeat(
      clock,
      () => this.#socket?.send(HEARTBEAT),
      () => this.#socket?.reconnect(),
    );
    this.#stopWatching = watchPage({
      onVisibility: () => handlers.onVisibility(),
      onWake: () => this.#wake(),
      onHide: () => this.#hide(),
      onRestore: () => this.#open(),
    });
    this.#open();
  }

  get webSocket(): WebSocket | null {
    return this.#socket?.webSocket ?? null;
  }

  /** `false`: not in the room now, nothing was said. */
  send(message: ClientMessage): boolean {
    return this.#isWelcome && this.#socket?.send(encode(message)) === true;
  }

  /** Finds out at once whether the room still hears us. */
  probe(): void {
    if (this.#isWelcome) this.#heartbeat.probe();
  }

  /** Goes for good. */
  leave(): void {
    this.#stopWatching();
    this.#cancelReturn?.();
    this.#depart();
  }

  #open(): void {
    if (this.#cancelReturn) return;
    this.#socket ??= this.#openSocket(() => this.#getTarget(), {
      onOpen: (isGreeted) => this.#onOpen(isGreeted),
      onMessage: (data) => this.#receive(data),
      onClose: ({ code, willRetry }) => this.#onClose(code, willRetry),
    });
  }

  /** With hello, or without where the last try had it and came to nothing (EN-10). */
  async #getTarget(): Promise<SocketTarget> {
    const [url] = await Promise.all([this.#address.get(), this.#handlers.ready]);
    this.#isPlainNext = !this.#isPlainNext;
    return { url, hello: this.#isPlainNext ? this.#hello() : '' };
  }

  #onOpen(isGreeted?: boolean): void {
    this.#isDown = false;
    this.#isPlainNext = !isGreeted;
    // EN-10: a room that hears nothing takes us for somebody who never got its answer.
    this.#socket?.send(isGreeted ? HEARTBEAT : this.#hello());
    this.#cancelWelcomeTimer();
    this.#cancelWelcomeTimer = this.#clock.setTimer(WELCOME_MS, () => this.#socket?.reconnect());
  }

  #hello(): string {
    return encode({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      ...this.#handlers.greet(),
      ...(this.#session !== null && { resume: this.#session }),
    });
  }

  #onClose(code: number, willRetry: boolean): void {
    this.#isDown = true;
    this.#pause();
    if (willRetry) this.#handlers.onUnreachable(this.#address.problem);
    else if (code === CLOSE.auth && this.#address.mayAskAgain()) this.#return(0, null);
    else if (code === CLOSE.flood) {
      this.#session = null;
      this.#return(this.#retryAfterMs, floodError(this.#retryAfterMs));
    } else this.#refuse(code);
  }

  /** The room has closed the door for now: back on a socket of its own, not before `ms` have passed. */
  #return(ms: number, why: RtcError | null): void {
    this.#socket = null;
    this.#cancelReturn = this.#clock.setTimer(ms, () => {
      this.#cancelReturn = null;
      this.#open();
    });
    this.#handlers.onUnreachable(why);
  }

  /** No connection: nothing to time, nothing to count. */
  #pause(): void {
    this.#isWelcome = false;
    this.#heartbeat.stop();
    this.#cancelWelcomeTimer();
  }

  #refuse(cause: number | FaultCode): void {
    this.leave();
    this.#handlers.onRefused(cause);
  }

  /** Says goodbye, so that the room keeps no place for us, and lets go of the socket. */
  #depart(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    this.#session = null;
    this.#pause();
    // The room may know of us already where we do not know it yet.
    socket.send(encode({ type: 'leave' }));
    socket.close(1000, 'left');
  }

  #wake(): void {
    this.probe();
    if (this.#isDown) this.#socket?.reconnect();
  }

  /** The page may come back as it is, out of the back/forward cache, or never. */
  #hide(): void {
    if (!this.#socket) return;
    this.#depart();
    this.#handlers.onUnreachable(null);
  }

  #receive(data: unknown): void {
    const decoded = decodeServerMessage(data);
    this.#heartbeat.alive();
    if (!decoded.ok) return ignoreFrame(decoded.fault);
    const { message } = decoded;
    if (message.type === 'pong') return;
    if (message.type === 'wait') return this.#wait();
    if (message.type === 'welcome') return this.#welcome(message);
    if (message.type === 'error') {
      const { code, retryAfterMs } = message;
      if (code === 'rate-limited') this.#retryAfterMs = retryAfterMs ?? TIMES.floodMs;
      if (code === 'bad-version' || (code === 'room-full' && !this.#isWelcome)) {
        return this.#refuse(code);
      }
    }
    if (this.#isWelcome && this.#isInOrder(message)) this.#route(message);
  }

  #route(message: RoomMessage): void {
    const { routes } = this.#handlers;
    const receive = routes[message.type] as (message: RoomMessage) => void;
    receive(message);
  }

  /** In the waiting room, where nothing but the heartbeat is taken from us. */
  #wait(): void {
    this.#cancelWelcomeTimer();
    this.#heartbeat.start();
    this.#handlers.onWait();
  }

  #welcome(message: WelcomeMessage): void {
    this.#cancelWelcomeTimer();
    this.#address.confirm();
    this.#session = message.session;
    this.#isWelcome = true;
    this.#rosterSeq = message.seq;
    this.#heartbeat.start();
    this.#handlers.onWelcome(message);
  }

  /** Roster deltas count up by one; after a gap only the whole roster helps (PR-2). */
  #isInOrder(message: RoomMessage): boolean {
    if (message.type === 'roster') {
      this.#rosterSeq = message.seq;
    } else if (message.type === 'presence') {
      if (this.#rosterSeq === null || message.seq <= this.#rosterSeq) return false;
      const isNext = message.seq === this.#rosterSeq + 1;
      this.#rosterSeq = isNext ? message.seq : null;
      if (!isNext) this.send({ type: 'roster.get' });
      return isNext;
    }
    return true;
  }
}

/** Put out for flooding; the way back is open after `retryAfterMs` (LI-4). */
const floodError = (retryAfterMs: number): RtcError =>
  new RtcError('flooded', 'Too much was sent. Try again in a moment.', {
    retryable: true,
    retryAfterMs,
  });
