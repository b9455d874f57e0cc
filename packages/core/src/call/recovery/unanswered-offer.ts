/** Repeats an offer of ours that may have been lost on its way (SG-6). */
import type { Clock } from '../../ports.js';
import type { RecoverableLink } from '../link/link-world.js';

/** An offer is repeated after this long without an answer, ms. */
const ANSWER_MS = 5_000;

/**
 * It is repeated after this long, ms, if the room or the peer has come back, or if the peer has
 * made an offer of its own: a room accepts signals for a socket that died unnoticed. Longer than an
 * answer takes.
 */
const ROUND_TRIP_MS = 1_000;

export class UnansweredOffer {
  readonly #link: Pick<RecoverableLink, 'health' | 'repeat'>;
  readonly #clock: Clock;
  #sentAt = 0;
  #cancel: () => void = () => undefined;

  constructor(link: Pick<RecoverableLink, 'health' | 'repeat'>, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
    this.sent();
  }

  sent(): void {
    this.#sentAt = this.#clock.now();
    this.#wait(ANSWER_MS);
  }

  /** There is reason to think that the offer did not arrive. */
  doubt(): void {
    this.#wait(ROUND_TRIP_MS);
  }

  close(): void {
    this.#cancel();
  }

  /** Waits until the present offer is `ms` old, then repeats it. */
  #wait(ms: number): void {
    this.#cancel();
    if (!this.#link.health.isOffering) return;
    const wait = Math.max(0, this.#sentAt + ms - this.#clock.now());
    this.#cancel = this.#clock.setTimer(wait, () => {
      if (this.#link.health.isOffering) this.#link.repeat();
    });
  }
}
