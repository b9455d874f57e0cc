// Keeps the credentials of the ICE servers fresh (EN-8).
import type { IceMessage } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Clock, IceCredentials } from '../ports.js';

/** When to ask, as shares of the time they last: spread, as a whole room was welcomed at once. */
const EARLIEST = 0.5;
const LATEST = 0.8;

/** What lasts less is asked for as if it lasted this long. */
const SHORTEST_MS = 10_000;

/** The pause before another try when the room names none. */
const RETRY_MS = 5_000;

/** After a refusal the next one is believed only this much later: fresh ones may be just as bad. */
const REFUSED_MS = 30_000;

export interface IceRenewalHandlers {
  ask(): Promise<IceMessage>;
  use(grant: IceCredentials): void;
}

export class IceRenewal {
  readonly #clock: Clock;
  readonly #handlers: IceRenewalHandlers;
  readonly #random: () => number;
  #cancelTimer: () => void = () => undefined;
  #refusedAt = -Infinity;
  /** Of the present connection: what was asked on another one is not used. */
  #connection = {};

  constructor(clock: Clock, handlers: IceRenewalHandlers, random: () => number = Math.random) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#random = random;
  }

  keep({ ttlMs, since }: IceCredentials): void {
    if (ttlMs === undefined) return;
    // However short they last, nobody is asked without end.
    const lastsMs = Math.max(ttlMs, SHORTEST_MS);
    const share = EARLIEST + (LATEST - EARLIEST) * this.#random();
    this.#askIn(Math.max(0, since + lastsMs * share - this.#clock.now()));
  }

  /** A server refused them. */
  refresh(): void {
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
      const grant = { servers, ttlMs, since: this.#clock.now() };
      this.#handlers.use(grant);
      this.keep(grant);
    } catch (error) {
      if (connection !== this.#connection) return;
      this.#askIn((error instanceof RtcError ? error.retryAfterMs : undefined) ?? RETRY_MS);
    }
  }
}
