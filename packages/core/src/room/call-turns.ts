/** Entering and leaving the call, each of which ends the wait of the other. */
export class CallTurns {
  readonly #turns = { enter: new AbortController(), leave: new AbortController() };

  /**
   * Whoever waits for the opposite waits no longer: the room may never show what is undone at once. The
   * result aborts when that happens to us.
   */
  take(way: 'enter' | 'leave'): AbortSignal {
    const opposite = way === 'enter' ? 'leave' : 'enter';
    this.#turns[opposite].abort();
    this.#turns[opposite] = new AbortController();
    return this.#turns[way].signal;
  }
}
