// What the desks of a room share.
import type { Fault } from '@rtc-elements/protocol';

import type { RoomConnection } from '../ports.js';

/** Says what was wrong with a frame; whoever goes on like that is put out (LI-4, UN-1). */
export type Refuse = (connection: RoomConnection, fault: Fault, retryAfterMs?: number) => void;
