// Whether the room is locked, and who is in its waiting room; the room tells only moderators who (MO-3).
import type { AccessMessage } from '@rtc-elements/protocol';

import { KnockEvent } from '../api/room-events.js';
import type { RoomContext } from '../room/room-context.js';

export class WaitingRoom {
  readonly #room: Pick<RoomContext, 'dispatch' | 'dispatchEvent'>;
  /**
   * Sessions whose join request was announced. They are kept here because the snapshot's list is emptied
   * by each welcome; a reconnection must not announce anybody twice.
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
