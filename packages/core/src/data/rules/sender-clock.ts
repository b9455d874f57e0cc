// What the clock of a sender shows now, from what it showed when its messages were sent.

/** How long the fastest message of a time counts, ms. A clock that was set anew is followed after twice as long. */
const SPAN_MS = 2_000;

/**
 * The message that was on its way for the shortest time tells most. That time is unknown and stays in the result, which
 * is what playback wants: what is played has arrived.
 */
export class SenderClock {
  #since = -Infinity;
  /** The least that our clock was ahead of the times in the messages, in this span and in the one before. */
  #ahead = Infinity;
  #aheadBefore = Infinity;

  /** A message that was sent at `at` by the sender's clock has arrived at `now` by ours. */
  note(at: number, now: number): void {
    if (now - this.#since > SPAN_MS) {
      this.#aheadBefore = now - this.#since > 2 * SPAN_MS ? Infinity : this.#ahead;
      this.#ahead = Infinity;
      this.#since = now;
    }
    this.#ahead = Math.min(this.#ahead, now - at);
  }

  /** The sender's time at `time` of ours; `Infinity` before the first message. */
  at(time: number): number {
    const ahead = Math.min(this.#ahead, this.#aheadBefore);
    return ahead === Infinity ? Infinity : time - ahead;
  }
}
