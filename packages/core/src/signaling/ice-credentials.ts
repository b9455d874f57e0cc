// Renews the ICE credentials before they expire (EN-8).
import type { IceMessage, IceServer } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Clock } from '../ports.js';

/** The ICE servers of the room and how long their credentials are valid. */
export interface IceCredentials {
  readonly servers: readonly IceServer[];
  /** How long they are valid, counted from `since`, ms; `undefined`: indefinitely. */
  readonly ttlMs: number | undefined;
  /** When they were received, by the local clock, ms. */
  readonly since: number;
}

/** When to renew, as fractions of the lifetime. Randomised, since a whole room may have joined at once. */
const EARLIEST = 0.5;
const LATEST = 0.8;

/** Shorter lifetimes are treated as this long, ms. */
const SHORTEST_MS = 10_000;

/** The pause before another attempt if the room does not specify one, ms. */
const RETRY_MS = 5_000;

/** A refusal within this time of the last one requests nothing, ms: fresh credentials may fail too. */
const REFUSED_MS = 30_000;

export interface IceRenewalHandlers {
  ask(): Promise<IceMessage>;
  /** Whether any links may be using the credentials. */
  isNeeded(): boolean;
  /** Called when there are new credentials, for future links and ICE restarts. */
  onChange(): void;
  /** Called when a TURN server rejected them. */
  onRefused(error: RtcError): void;
}

/** Holds the ICE servers of the room and requests fresh ones before their credentials expire. */
export class IceRenewal {
  readonly #clock: Clock;
  readonly #handlers: IceRenewalHandlers;
  readonly #random: () => number;
  #credentials: IceCredentials | null = null;
  #cancelTimer: () => void = () => undefined;
  #refusedAt = -Infinity;
  /** Identifies the current connection; answers to requests on an earlier one are ignored. */
  #connection = {};

  constructor(clock: Clock, handlers: IceRenewalHandlers, random: () => number = Math.random) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#random = random;
  }

  get servers(): readonly IceServer[] {
    return this.#credentials?.servers ?? [];
  }

  /** Stores credentials received from the room. */
  take(credentials: IceCredentials): void {
    this.#credentials = credentials;
    this.schedule();
  }

  /** Schedules the renewal, if the credentials expire and are needed. */
  schedule(): void {
    const { ttlMs, since = 0 } = this.#credentials ?? {};
    if (ttlMs === undefined || !this.#handlers.isNeeded()) return;
    // However short the lifetime, the room is not flooded with requests.
    const lastsMs = Math.max(ttlMs, SHORTEST_MS);
    const share = EARLIEST + (LATEST - EARLIEST) * this.#random();
    this.#askIn(Math.max(0, since + lastsMs * share - this.#clock.now()));
  }

  /**
   * Called when a TURN server rejected the credentials: requests fresh ones at once, and reports the
   * rejection unless it was reported before (`again`).
   */
  onTurnRefused(again = false): void {
    if (!again) this.#handlers.onRefused(refusedError());
    const now = this.#clock.now();
    if (now - this.#refusedAt < REFUSED_MS) return;
    this.#refusedAt = now;
    this.#cancelTimer();
    void this.#ask();
  }

  /** Called when the connection ended; the next `welcome` brings fresh credentials. */
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

const refusedError = (): RtcError =>
  new RtcError(
    'turn-refused',
    'A relay did not accept the pass for this call. Requesting a new one.',
    { retryable: true },
  );
