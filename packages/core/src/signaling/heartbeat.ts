// Finds out whether an open connection still reaches the room (PR-3).
import { TIMES } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';

/** How many pings in a row may stay without an answer. */
const MISSES = 2;

/** How long a probe after waking up waits for its answer: the connection is under suspicion. */
const PROBE_MS = 5_000;

/**
 * Pings every 25 s while all is well. A ping without an answer is followed by another 10 s later;
 * after the second, the connection counts as dead. Any frame from the room is an answer.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #ping: () => void;
  readonly #onDead: () => void;
  #cancel: () => void = () => undefined;
  #misses = 0;
  #replyMs: number = TIMES.heartbeatRecoveringMs;

  constructor(clock: Clock, ping: () => void, onDead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#onDead = onDead;
  }

  /** Begins, or begins anew, with a connection that has just proved alive. */
  start(): void {
    this.stop();
    this.#wait(TIMES.heartbeatMs, () => this.#beat(TIMES.heartbeatRecoveringMs));
  }

  /** A frame came: alive. */
  alive(): void {
    if (this.#misses > 0) this.start();
  }

  /** Asks at once, and does not wait long. In doubt already: only the waiting gets shorter. */
  probe(): void {
    if (this.#misses === 0) return this.#beat(PROBE_MS);
    if (this.#replyMs !== PROBE_MS) this.#wait(PROBE_MS, () => this.#beat(PROBE_MS));
    this.#replyMs = PROBE_MS;
  }

  stop(): void {
    this.#cancel();
    this.#misses = 0;
  }

  #beat(replyMs: number): void {
    this.#replyMs = replyMs;
    if (this.#misses === MISSES) {
      this.stop();
      return this.#onDead();
    }
    // Counted at once, and forgiven by the first frame that comes.
    this.#misses += 1;
    this.#ping();
    this.#wait(replyMs, () => this.#beat(replyMs));
  }

  #wait(ms: number, task: () => void): void {
    this.#cancel();
    this.#cancel = this.#clock.setTimer(ms, task);
  }
}
