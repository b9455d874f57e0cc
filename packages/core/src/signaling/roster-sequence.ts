/** Follows the numbers of the roster's changes, and asks for the whole roster after a gap (PR-2). */
import type { ErrorMessage, ServerMessage } from '@rtc-elements/protocol';

import type { Clock } from '../ports.js';

/** The pause before asking again if the room does not specify one, ms. */
const RETRY_MS = 1_000;

export class RosterSequence {
  readonly #clock: Clock;
  readonly #ask: () => void;
  /** The newest number we have; `null` while waiting for a full roster. */
  #seq: number | null = null;
  #cancelRetry: () => void = () => undefined;

  /** `ask` requests the whole roster. */
  constructor(clock: Clock, ask: () => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** We have the whole roster, under this number. */
  restart(seq: number): void {
    this.stop();
    this.#seq = seq;
  }

  stop(): void {
    this.#cancelRetry();
  }

  /** Whether a message may be used: all but changes that do not follow on what we have. */
  takes(message: ServerMessage): boolean {
    if (message.type === 'roster') this.restart(message.seq);
    else if (message.type === 'error') this.#onError(message);
    else if (message.type === 'presence') return this.#isNext(message.seq);
    return true;
  }

  #isNext(seq: number): boolean {
    if (this.#seq === null || seq <= this.#seq) return false;
    const isNext = seq === this.#seq + 1;
    this.#seq = isNext ? seq : null;
    if (!isNext) this.#ask();
    return isNext;
  }

  /** The refusal of a `roster.get` names no request. */
  #onError({ code, ref, retryAfterMs = RETRY_MS }: ErrorMessage): void {
    if (this.#seq !== null || code !== 'rate-limited' || ref !== undefined) return;
    this.#cancelRetry();
    this.#cancelRetry = this.#clock.setTimer(retryAfterMs, this.#ask);
  }
}
