// How soon another token is tried after the room has refused one.

/** The pause after the first attempt, ms. It doubles with each attempt, so that no page that renders itself in a circle keeps asking. */
const FIRST_MS = 1_000;
const MOST_MS = 60_000;

export class TokenReturn {
  #attempts = 0;
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Calls `join` at once the first time, and later the later it has been tried before. The last call counts. */
  when(join: () => void): void {
    clearTimeout(this.#timer);
    const waitMs = this.#notBefore - performance.now();
    const go = (): void => {
      const pauseMs = Math.min(FIRST_MS * 2 ** this.#attempts, MOST_MS);
      this.#attempts += 1;
      this.#notBefore = performance.now() + pauseMs;
      join();
    };
    if (waitMs <= 0) go();
    else this.#timer = setTimeout(go, waitMs);
  }
}
