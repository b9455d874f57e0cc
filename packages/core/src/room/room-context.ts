// What the parts of a room may use of it.
import type { ClientMessage } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import type { Clock } from '../ports.js';
import type { RoomChange } from '../state/room-change.js';
import type { RoomState } from '../state/room-state.js';

export interface RoomContext {
  readonly clock: Clock;
  getSnapshot(): RoomState;
  dispatch(change: RoomChange): void;
  /** `false`: not in the room now, nothing was said. */
  send(message: ClientMessage): boolean;
}

/** What is rejected with once the room was left. */
export const leftError = (): RtcError => new RtcError('aborted', 'The room was left.');
