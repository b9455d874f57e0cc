// The seam between a room and its diagnostics.
import type { Room } from '../api/room-api.js';
import type { CallSwitch } from '../call/call-switch.js';
import type { SignalingClient } from '../signaling/signaling-client.js';
import type { EventLogHost } from './event-log.js';

/** What `Room.simulate()` and `Room.diagnostics()` need of their room. */
export interface DebugHost extends EventLogHost {
  readonly room: Room;
  /** The connection to the room; `null` before the first. */
  signaling(): Pick<SignalingClient, 'features' | 'unknown'> | null;
  /** The call, while there is one. */
  call(): Pick<CallSwitch, 'reports' | 'faults'> | null;
}
