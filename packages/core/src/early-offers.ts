// An offer that rides in the first hello, so that media starts one round trip earlier (EN-6).
import type { EarlyOffer } from '@rtc-elements/protocol';

import type { Clock, HelloOffers, Topology } from './ports.js';

/** For the first member alone: each is a whole peer connection, thrown away if nobody takes it. */
const OFFERS = 1;

/** How long hello waits for it at most, from when it is begun, ms: less than what it saves. */
const PATIENCE_MS = 30;

/** Made while the socket opens; holds the offer until hello takes it, and tells the call who got it. */
export class EarlyOffers implements HelloOffers {
  readonly settled: Promise<void>;
  readonly #topology: Pick<Topology, 'assignEarlyOffers'>;
  #ready: readonly (() => EarlyOffer)[] = [];
  #ridden = false;
  #isOver = false;

  constructor(topology: Pick<Topology, 'makeEarlyOffers' | 'assignEarlyOffers'>, clock: Clock) {
    this.#topology = topology;
    this.settled = new Promise((resolve) => {
      const cancel = clock.setTimer(PATIENCE_MS, resolve);
      const settle = (offers: readonly (() => EarlyOffer)[]): void => {
        cancel();
        if (this.#isOver) topology.assignEarlyOffers([]);
        else this.#ready = offers;
        resolve();
      };
      // A join without them is only a round trip slower.
      topology.makeEarlyOffers(OFFERS).then(settle, () => settle([]));
    });
  }

  take(): { readonly offers?: readonly EarlyOffer[] } {
    this.#ridden = !this.#isOver && this.#ready.length > 0;
    return this.#ridden ? { offers: this.#ready.map((read) => read()) } : {};
  }

  /** Welcomed: whoever was given none of them, or was too late for them, does without. */
  assign(takers: readonly (string | null)[] = []): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#topology.assignEarlyOffers(this.#ridden ? takers : []);
  }
}
