// The interface of the room that its capabilities use.
import type { ClientMessage } from '@rtc-elements/protocol';

import type { RoomEventMap } from '../api/room-events.js';
import type { Clock } from '../ports.js';
import type { SendRate } from '../signaling/send-rate.js';
import type { RoomChange } from '../state/room-change.js';
import type { RoomState } from '../state/room-state.js';

export interface RoomContext {
  readonly clock: Clock;
  /** What is sent to the room, other than signals, takes from it first. */
  readonly sendRate: SendRate;
  /** What the room takes beyond the first edition of the protocol (UN-4). */
  features(): readonly string[];
  getSnapshot(): RoomState;
  dispatch(change: RoomChange): void;
  /** For events that do not correspond to a change of the snapshot. */
  dispatchEvent(event: RoomEventMap[keyof RoomEventMap]): void;
  /** Returns `false` if we are not in the room; nothing was sent then. */
  send(message: ClientMessage): boolean;
}
