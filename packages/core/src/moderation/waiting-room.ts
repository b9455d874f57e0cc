// Who waits to be let in, as the room tells those who may moderate (MO-3).
import type { AccessMessage } from '@rtc-elements/protocol';

import { KnockEvent } from '../api/room-events.js';
import type { RoomContext } from '../room/room-context.js';

export class WaitingRoom {
  readonly #room: Pick<RoomContext, 'dispatch' | 'dispatchEvent'>;
  /**
   * Sessions whose join request was announced. Remembered here and not in the snapshot, which
   * starts from nothing after each welcome: a broken connection announces nobody twice.
   */
  #announced = new Set<string>();

  constructor(room: Pick<RoomContext, 'dispatch' | 'dispatchEvent'>) {
    this.#room = room;
  }

  receive({ locked, waiting = [], banned = [] }: AccessMessage): void {
    this.#room.dispatch({ type: 'access', access: { locked, waiting, banned } });
    const announced = this.#announced;
    this.#announced = new Set(waiting.map(({ session }) => session));
    for (const person of waiting) {
      if (!announced.has(person.session)) this.#room.dispatchEvent(new KnockEvent(person));
    }
  }
}
