// Keeps the credentials of the ICE servers fresh (EN-8).
import type { IceMessage, IceServer } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Clock } from '../ports.js';

/** ICE servers of the room. */
export interface IceCredentials {
  readonly servers: readonly IceServer[];
  /** How long they are good for from `since` on, ms; absent: for ever. */
  readonly ttlMs: number | undefined;
  /** By the local clock, ms. */
  readonly since: number;
}

/** When to ask, as shares of their lifetime: spread out, since a whole room may have been welcomed at once. */
const EARLIEST = 0.5;
const LATEST = 0.8;

/** Shorter lifetimes are treated as this one, ms. */
const SHORTEST_MS = 10_000;

/** The pause before another attempt when the room names none, ms. */
const RETRY_MS = 5_000;

/** A refusal this soon after another one asks for nothing, ms: fresh credentials may be just as bad. */
const REFUSED_MS = 30_000;

export interface IceRenewalHandlers {
  ask(): Promise<IceMessage>;
  /** Whether there may be links that use them. */
  isNeeded(): boolean;
  /** There are others now, for links to come and for restarts. */
  onChange(): void;
  /** A TURN server did not accept them. */
  onRefused(error: RtcError): void;
}

/** Holds the ICE servers of the room, and asks for fresh ones before their credentials expire. */
export class IceRenewal {
  readonly #clock: Clock;
  readonly #handlers: IceRenewalHandlers;
  readonly #random: () => number;
  #credentials: IceCredentials | null = null;
  #cancelTimer: () => void = () => undefined;
  #refusedAt = -Infinity;
  /** Identifies the present connection: what was asked on another one is not used. */
  #connection = {};

  constructor(clock: Clock, handlers: IceRenewalHandlers, random: () => number = Math.random) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#random = random;
  }

  get servers(): readonly IceServer[] {
    return this.#credentials?.servers ?? [];
  }

  /** The room gave us these. */
  take(credentials: IceCredentials): void {
    this.#credentials = credentials;
    this.schedule();
  }

  /** Asks for others in time, if they expire and are needed. */
  schedule(): void {
    const { ttlMs, since = 0 } = this.#credentials ?? {};
    if (ttlMs === undefined || !this.#handlers.isNeeded()) return;
    // However short they last, nobody is asked without end.
    const lastsMs = Math.max(ttlMs, SHORTEST_MS);
    const share = EARLIEST + (LATEST - EARLIEST) * this.#random();
    this.#askIn(Math.max(0, since + lastsMs * share - this.#clock.now()));
  }

  /** A TURN server refused them: says so, and asks at once. */
  onTurnRefused(): void {
    const message = 'A relay did not accept the pass for this call. A fresh one is asked for.';
    this.#handlers.onRefused(new RtcError('turn-refused', message, { retryable: true }));
    const now = this.#clock.now();
    if (now - this.#refusedAt < REFUSED_MS) return;
    this.#refusedAt = now;
    this.#cancelTimer();
    void this.#ask();
  }

  /** The connection ended: the welcome of the next one brings others. */
  stop(): void {
    this.#cancelTimer();
    this.#connection = {};
  }

  #askIn(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.setTimer(ms, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const connection = this.#connection;
    try {
      const { iceServers: servers, iceTtlMs: ttlMs } = await this.#handlers.ask();
      if (connection !== this.#connection) return;
      this.take({ servers, ttlMs, since: this.#clock.now() });
      this.#handlers.onChange();
    } catch (error) {
      if (connection !== this.#connection) return;
      this.#askIn((error instanceof RtcError ? error.retryAfterMs : undefined) ?? RETRY_MS);
    }
  }
}
