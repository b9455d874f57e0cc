/**
 * The connection to the room: sends `hello`, resumes a lost session, detects a dead connection and shows the room
 * that it reads. Knows nothing about chat, devices or snapshots.
 */
import {
  ACKNOWLEDGES,
  CLIENT_CAPABILITIES,
  type ClientMessage,
  CLOSE,
  decodeServerMessage,
  encode,
  type ErrorMessage,
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
import { isKnownCode, toFaultError } from './fault-error.js';
import { Heartbeat } from './heartbeat.js';
import { watchPage } from './page-events.js';
import { PageJoiner } from './page-joiner.js';
import { RosterSequence } from './roster-sequence.js';

/** How long the room may take to send `welcome` after the connection opened. */
const WELCOME_MS = 10_000;

/** What this client announces about itself, apart from the session to resume. */
export type Greeting = Omit<HelloMessage, 'type' | 'protocol' | 'resume' | 'capabilities'>;

/** The messages of a room we are in, except those that serve the connection itself. */
type RoomMessage = Exclude<
  ServerMessage,
  { readonly type: 'welcome' | 'pong' | 'wait' | 'mark' | 'page' }
>;

/** One receiver per message type; a missing receiver is a compile error. */
export type Routes = {
  readonly [Type in RoomMessage['type']]: (
    message: Extract<RoomMessage, { readonly type: Type }>,
  ) => void;
};

export interface SignalingHandlers {
  /** Called when the page was shown or hidden. */
  onVisibility(): void;
  /** The first attempt waits for this promise. */
  readonly ready: Promise<void> | null;
  /** Returns the content of `hello`; called for each connection. */
  greet(): Greeting;
  onWelcome(welcome: WelcomeMessage): void;
  /** Receivers for the messages that arrive after a welcome and that the client does not handle itself. */
  readonly routes: Routes;
  /** Called when we are in the waiting room, until a host admits us (MO-3). */
  onWait(): void;
  /**
   * Called when we lost the room or could not enter it yet; another attempt follows. `why` is `null` if
   * the network is the cause.
   */
  onUnreachable(why: RtcError | null): void;
  /**
   * Called when the room refused us for good, with a close code or the code of an error. `said`: the room's words, if
   * its last error was one that we do not know.
   */
  onRefused(cause: number | string, said: string): void;
}

export class SignalingClient {
  readonly #address: Address;
  readonly #clock: Clock;
  readonly #openSocket: SocketFactory;
  readonly #handlers: SignalingHandlers;
  readonly #heartbeat: Heartbeat;
  readonly #pages = new PageJoiner();
  readonly #stopWatching: () => void;
  #socket: SocketPort | null = null;
  #session: string | null = null;
  #isWelcome = false;
  /** Whether the next attempt sends `hello` only after the socket is open. */
  #isPlainNext = false;
  /** An attempt failed or a connection was lost, and none has opened since. */
  #isDown = false;
  readonly #roster: RosterSequence;
  #cancelWelcomeTimer: () => void = () => undefined;
  /** Set while no connection may be opened (EN-4, LI-4). */
  #cancelReturn: (() => void) | null = null;
  /** The room's words in the last error of this connection, if its code is new to us (UN-5). */
  #said = '';
  #features: readonly string[] = [];
  #unknown = 0;
  /** Why the room refuses this connection, and when we may come back, if it has said so. */
  #refusal: ErrorMessage | null = null;

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
    this.#roster = new RosterSequence(clock, () => this.send({ type: 'roster.get' }));
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

  /** What the room takes beyond the first edition of the protocol (UN-4). Nothing else that is new may be sent. */
  get features(): readonly string[] {
    return this.#features;
  }

  /** How many keys, values and messages of the room were new to us, and ignored (UN-2). */
  get unknown(): number {
    return this.#unknown;
  }

  /** Returns `false` if we are not in the room; nothing was sent then. */
  send(message: ClientMessage): boolean {
    return this.#isWelcome && this.#socket?.send(encode(message)) === true;
  }

  /** Checks at once whether the connection still reaches the room. */
  probe(): void {
    if (this.#isWelcome) this.#heartbeat.probe();
  }

  /** Leaves permanently. */
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

  /** Includes `hello`, unless the last attempt did so and failed (EN-10). */
  async #getTarget(): Promise<SocketTarget> {
    const [url] = await Promise.all([this.#address.get(), this.#handlers.ready]);
    this.#isPlainNext = !this.#isPlainNext;
    return { url, hello: this.#isPlainNext ? this.#hello() : '' };
  }

  #onOpen(isGreeted?: boolean): void {
    this.#isDown = false;
    this.#said = '';
    this.#refusal = null;
    this.#pages.reset();
    this.#isPlainNext = !isGreeted;
    // EN-10: a room that receives nothing assumes that its answer never reached us.
    this.#socket?.send(isGreeted ? HEARTBEAT : this.#hello());
    this.#cancelWelcomeTimer();
    this.#cancelWelcomeTimer = this.#clock.setTimer(WELCOME_MS, () => this.#socket?.reconnect());
  }

  #hello(): string {
    return encode({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      ...this.#handlers.greet(),
      capabilities: CLIENT_CAPABILITIES,
      ...(this.#session !== null && { resume: this.#session }),
    });
  }

  #onClose(code: number, willRetry: boolean): void {
    const refusal = this.#refusal;
    const wasTurnedAway = !this.#isWelcome && code === CLOSE.retryLater;
    this.#isDown = true;
    this.#pause();
    if (code === CLOSE.flood) this.#return(floodError(refusal?.retryAfterMs ?? TIMES.floodMs));
    else if (wasTurnedAway && refusal?.retryAfterMs !== undefined) {
      this.#return(toFaultError(refusal));
    } else if (willRetry) this.#handlers.onUnreachable(this.#address.problem);
    else if (code === CLOSE.auth && this.#address.mayAskAgain()) this.#return(null);
    else this.#refuse(code);
  }

  /** The room closed the connection for now: opens a new socket after `why.retryAfterMs`. */
  #return(why: RtcError | null): void {
    // It may be about to try again by itself.
    this.#socket?.close(1000, '');
    this.#socket = null;
    this.#cancelReturn = this.#clock.setTimer(why?.retryAfterMs ?? 0, () => {
      this.#cancelReturn = null;
      this.#open();
    });
    this.#handlers.onUnreachable(why);
  }

  /** Stops the timers, since there is no connection. */
  #pause(): void {
    this.#isWelcome = false;
    this.#heartbeat.stop();
    this.#roster.stop();
    this.#cancelWelcomeTimer();
  }

  #refuse(cause: number | string): void {
    this.leave();
    this.#handlers.onRefused(cause, this.#said);
  }

  /** Sends `leave`, so that the room does not keep our session, and closes the socket. */
  #depart(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    this.#session = null;
    this.#pause();
    // Sent even before a welcome: the room may already have admitted us.
    socket.send(encode({ type: 'leave' }));
    socket.close(1000, 'left');
  }

  #wake(): void {
    this.probe();
    if (this.#isDown) this.#socket?.reconnect();
  }

  /** The page may be restored from the back/forward cache, or never come back. */
  #hide(): void {
    if (!this.#socket) return;
    this.#depart();
    this.#handlers.onUnreachable(null);
  }

  #receive(data: unknown): void {
    const decoded = decodeServerMessage(data);
    this.#heartbeat.alive();
    this.#unknown += decoded.unknown;
    if (!decoded.ok) {
      // A newer room may say more than we know, so that is no fault.
      if (decoded.fault.code !== 'unknown-type') ignoreFrame(decoded.fault);
      return;
    }
    const message = this.#pages.take(decoded.message);
    if (message === null || message.type === 'pong') return;
    if (message.type === 'wait') return this.#wait();
    if (message.type === 'mark') return this.#acknowledge(message.mark);
    if (message.type === 'welcome') return this.#welcome(message);
    if (message.type === 'error' && this.#isRefusal(message)) return this.#refuse(message.code);
    if (this.#isWelcome && this.#roster.takes(message)) this.#route(message);
  }

  /** Shows the room that we have received everything so far (FL-1). */
  #acknowledge(mark: string): void {
    if (this.#features.includes(ACKNOWLEDGES)) this.send({ type: 'ack', mark });
  }

  /** Whether an error ends our stay. */
  #isRefusal(error: ErrorMessage): boolean {
    const { code, detail } = error;
    if (code === 'rate-limited' || !this.#isWelcome) this.#refusal = error;
    this.#said = isKnownCode(code) ? '' : detail;
    return code === 'bad-version' || (code === 'room-full' && !this.#isWelcome);
  }

  #route(message: RoomMessage): void {
    const { routes } = this.#handlers;
    const receive = routes[message.type] as (message: RoomMessage) => void;
    receive(message);
  }

  /** We are in the waiting room, which accepts only heartbeats from us. */
  #wait(): void {
    this.#cancelWelcomeTimer();
    this.#heartbeat.start();
    this.#handlers.onWait();
  }

  #welcome(message: WelcomeMessage): void {
    this.#cancelWelcomeTimer();
    this.#address.confirm();
    this.#session = message.session;
    this.#features = message.features ?? [];
    this.#isWelcome = true;
    this.#roster.restart(message.seq);
    this.#heartbeat.start();
    this.#handlers.onWelcome(message);
  }
}

/** The room disconnected us for flooding; we may return after `retryAfterMs` (LI-4). */
const floodError = (retryAfterMs: number): RtcError =>
  new RtcError('flooded', 'Too much was sent. Try again in a moment.', {
    retryable: true,
    retryAfterMs,
  });
