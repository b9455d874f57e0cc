// What the capabilities of a room may use of it.
import type { ClientMessage } from '@rtc-elements/protocol';

import type { RoomEventMap } from '../api/room-events.js';
import type { Clock } from '../ports.js';
import type { RoomChange } from '../state/room-change.js';
import type { RoomState } from '../state/room-state.js';

export interface RoomContext {
  readonly clock: Clock;
  getSnapshot(): RoomState;
  dispatch(change: RoomChange): void;
  /** For what no change of the snapshot stands behind. */
  dispatchEvent(event: RoomEventMap[keyof RoomEventMap]): void;
  /** `false`: not in the room now, and nothing was sent. */
  send(message: ClientMessage): boolean;
}
