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
  PROTOCOL_VERSION,
  TIMES,
  type WelcomeMessage,
} from '@rtc-elements/protocol';

import type { RtcError } from '../state/errors.js';
import type { Clock, SocketFactory, SocketHandlers, SocketPort, SocketTarget } from '../ports.js';
import { ignoreFrame } from '../support/log.js';
import type { Address } from './address.js';
import { floodError, isKnownCode, toFaultError } from './fault-error.js';
import { Heartbeat } from './heartbeat.js';
import { watchPage } from './page-events.js';
import { PageJoiner } from './page-joiner.js';
import { unreachableError } from './refusal.js';
import { RosterSequence } from './roster-sequence.js';
import type { RoomMessage, SignalingHandlers } from './signaling-handlers.js';

/** How long the room may take to send `welcome`. */
const WELCOME_MS = 10_000;

const ANSWERS: ReadonlySet<string> = new Set(['chat.ack', 'error']);

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
  #isLeaving = false;
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

  /** There is another token: uses it at once if the room is out of reach. */
  renew(): void {
    this.#address.renew();
    if (this.#isDown && !this.#cancelReturn) this.#socket?.reconnect();
  }

  /** From now on only answers to what was sent are received, until `leave()`. */
  startLeaving(): void {
    this.#isLeaving = true;
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
      onClose: (close) => this.#onClose(close),
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

  #onClose({ code, reason, willRetry }: Parameters<SocketHandlers['onClose']>[0]): void {
    const wasIn = this.#isWelcome;
    const refusal = this.#refusal;
    const wasTurnedAway = !wasIn && code === CLOSE.retryLater;
    this.#isDown = true;
    this.#pause();
    if (code === CLOSE.flood) this.#return(floodError(refusal?.retryAfterMs ?? TIMES.floodMs));
    else if (wasTurnedAway && refusal?.code === 'room-full') this.#refuse(code, refusal.code);
    else if (wasTurnedAway && refusal?.retryAfterMs !== undefined) {
      this.#return(toFaultError(refusal));
    } else if (willRetry) {
      this.#handlers.onUnreachable(this.#address.problem ?? (wasIn ? null : unreachableError()));
    } else if (code === CLOSE.auth && this.#address.mayAskAgain()) this.#return(null);
    else this.#refuse(code, wasIn ? reason : (refusal?.code ?? reason));
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

  #refuse(cause: number | string, why = ''): void {
    this.leave();
    this.#handlers.onRefused(cause, { said: this.#said, why });
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
    this.#handlers.onHide();
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
    if (this.#isLeaving && !ANSWERS.has(message.type)) return;
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
    return code === 'bad-version';
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
