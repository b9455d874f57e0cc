// Checks whether an open connection still reaches the room (PR-3).
import { TIMES } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';
import { isPageHidden } from '../support/is-page-hidden.js';

/** How many pings in a row may go unanswered. */
const MISSES = 2;

/** How long to wait for the answer to a ping. */
const REPLY_MS = 5_000;

/** The same for `probe()`: shorter, since a machine that changed networks has lost its sockets. */
const PROBE_MS = 2_500;

/**
 * Pings every 10 s while the page is visible and every 25 s while it is hidden. An unanswered ping is
 * repeated after 5 s; if the second one also goes unanswered, the connection counts as dead. On a
 * visible page that takes at most 20 s. Any frame from the room counts as an answer.
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

  /** Starts or restarts, for a connection that has just proved alive. */
  start(): void {
    this.stop();
    this.#wait(isPageHidden() ? TIMES.heartbeatHiddenMs : TIMES.heartbeatMs);
  }

  /** Called for every frame that arrives. */
  alive(): void {
    if (this.#misses > 0) this.start();
  }

  /** Sends a single ping at once; the connection counts as dead if it goes unanswered. */
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
    // Counts as a miss right away; the first frame to arrive resets the count.
    this.#misses += 1;
    this.#ping();
    this.#wait(REPLY_MS);
  }

  #wait(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.setTimer(ms, () => this.#beat());
  }
}
