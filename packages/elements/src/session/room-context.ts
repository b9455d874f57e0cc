// How an element finds the room of the provider around it: the context protocol of web components.
import type { SharedRoom } from './shared-room.js';

/** The key of the context, the same in every bundle on the page. */
export const roomContext: unique symbol = Symbol.for('rtc-elements.room') as typeof roomContext;

/** Asks whoever stands around for the session. Leaves shadow roots; the nearest provider answers. */
export class RoomContextEvent extends Event {
  readonly context = roomContext;

  constructor(readonly callback: (session: SharedRoom | null) => void) {
    super('context-request', { bubbles: true, composed: true });
  }
}
