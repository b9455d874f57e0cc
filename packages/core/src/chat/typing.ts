// Typing notices: sent at the rate of CH-6, and expired when no more arrive.
import { TIMES, type TypingDelivery } from '@rtc-elements/protocol';

import type { RoomContext } from '../room/room-context.js';

/** Sends our own typing notices and receives everybody else's. */
export class Typing {
  readonly #room: RoomContext;
  #isTold = false;
  #toldAt = -Infinity;
  /** By session, cancels the timer that ends its typing when no more notices arrive. */
  readonly #expiries = new Map<string, () => void>();

  constructor(room: RoomContext) {
    this.#room = room;
  }

  /** Sends `true` at most every 3 s, and `false` at once if the others were told `true`. */
  set(on: boolean): void {
    const now = this.#room.clock.now();
    if (on ? now - this.#toldAt < TIMES.typingEveryMs : !this.#isTold) return;
    if (!this.#room.send({ type: 'typing', on })) return;
    this.#isTold = on;
    if (on) this.#toldAt = now;
  }

  /** Somebody else started or stopped typing. */
  receive({ from, on }: TypingDelivery): void {
    this.#expiries.get(from)?.();
    this.#expiries.delete(from);
    this.#room.dispatch({ type: 'typing', session: from, on });
    if (!on) return;
    const cancel = this.#room.clock.setTimer(TIMES.typingExpiresMs, () => {
      this.#expiries.delete(from);
      this.#room.dispatch({ type: 'typing', session: from, on: false });
    });
    this.#expiries.set(from, cancel);
  }

  close(): void {
    for (const cancel of this.#expiries.values()) cancel();
    this.#expiries.clear();
  }
}
