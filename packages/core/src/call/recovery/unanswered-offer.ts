/** Says an offer of ours again that may have been lost on its way (SG-6). */
import type { Clock } from '../../ports.js';
import type { RecoverableLink } from '../link/link-world.js';

/** An offer unanswered for this long is said again, ms. */
const ANSWER_MS = 5_000;

/**
 * So is one that waits for longer than an answer takes, ms, once the room or the peer has come back, or
 * has said an offer of its own: a room takes signals for a socket that died without a word.
 */
const ROUND_TRIP_MS = 1_000;

export class UnansweredOffer {
  readonly #link: Pick<RecoverableLink, 'health' | 'repeat'>;
  readonly #clock: Clock;
  #saidAt = 0;
  #cancel: () => void = () => undefined;

  constructor(link: Pick<RecoverableLink, 'health' | 'repeat'>, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
    this.said();
  }

  said(): void {
    this.#saidAt = this.#clock.now();
    this.#wait(ANSWER_MS);
  }

  /** There is reason to think that it was not heard. */
  doubt(): void {
    this.#wait(ROUND_TRIP_MS);
  }

  close(): void {
    this.#cancel();
  }

  /** Until what is out now is `ms` old. */
  #wait(ms: number): void {
    this.#cancel();
    if (!this.#link.health.isOffering) return;
    const wait = Math.max(0, this.#saidAt + ms - this.#clock.now());
    this.#cancel = this.#clock.setTimer(wait, () => {
      if (this.#link.health.isOffering) this.#link.repeat();
    });
  }
}
