// The seam between a room and its diagnostics.
import type { Room } from '../api/room-api.js';
import type { Call, CallHost } from '../call/ports.js';

/** What `Room.simulate()` and `Room.diagnostics()` need of their room. */
export interface DebugHost extends CallHost {
  readonly room: Room;
  /** The call, while there is one. */
  call(): Call | null;
}
