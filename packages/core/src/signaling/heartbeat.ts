// Finds out whether an open connection still reaches the room (PR-3).
import { TIMES } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';
import { isPageHidden } from '../support/is-page-hidden.js';

/** How many pings in a row may stay without an answer. */
const MISSES = 2;

/** How long a ping waits for its answer. */
const REPLY_MS = 5_000;

/** The same, where there is reason to doubt: a machine that changed its network has lost its sockets. */
const PROBE_MS = 2_500;

/**
 * Pings every 10 s while somebody looks, and every 25 s while nobody does. A ping without an answer
 * is followed by another 5 s later; after the second, the connection counts as dead: within 20 s,
 * where it shows. Any frame from the room is an answer.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #onDead: () => void;
  #cancel: () => void = () => undefined;
  #misses = 0;

  constructor(clock: Clock, ping: () => void, onDead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#onDead = onDead;
  }

  /** Begins, or begins anew, with a connection that has just proved alive. */
  start(): void {
    this.stop();
    this.#wait(isPageHidden() ? TIMES.heartbeatHiddenMs : TIMES.heartbeatMs);
  }

  /** A frame came: alive. */
  alive(): void {
    if (this.#misses > 0) this.start();
  }

  /** Asks at once, and once only. */
  probe(): void {
    if (this.#misses === MISSES) return;
    this.#misses = MISSES;
    this.#ping();
    this.#wait(PROBE_MS);
  }

  stop(): void {
    this.#cancel();
    this.#misses = 0;
  }

  #beat(): void {
    if (this.#misses === MISSES) {
      this.stop();
      return this.#onDead();
    }
    // Counted at once, and forgiven by the first frame that comes.
    this.#misses += 1;
    this.#ping();
    this.#wait(REPLY_MS);
  }

  #wait(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.setTimer(ms, () => this.#beat());
  }
}
