// Typing, told at the pace of CH-6, and forgotten when nobody says more.
import { TIMES, type TypingDelivery } from '@rtc-elements/protocol';

import type { RoomContext } from '../room/room-context.js';

/** Our own typing on its way out, everybody else's on its way in. */
export class Typing {
  readonly #room: RoomContext;
  #isTold = false;
  #toldAt = -Infinity;
  /** Ends the typing of a session that falls silent. */
  readonly #expiries = new Map<string, () => void>();

  constructor(room: RoomContext) {
    this.#room = room;
  }

  /** Told at most every 3 s; the end of what was told, at once. */
  set(on: boolean): void {
    const now = this.#room.clock.now();
    if (on ? now - this.#toldAt < TIMES.typingEveryMs : !this.#isTold) return;
    if (!this.#room.send({ type: 'typing', on })) return;
    this.#isTold = on;
    if (on) this.#toldAt = now;
  }

  /** Somebody else began or stopped. */
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
