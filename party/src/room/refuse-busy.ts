// Refuses a request for which too many others wait already (FL-4).
import type { RoomConnection } from '../ports.js';
import type { FaultHandler } from './fault-handler.js';

/** By then a storage that answers has taken hundreds. */
const RETRY_MS = 1_000;

export const refuseBusy = (faults: FaultHandler, connection: RoomConnection, ref: string): void =>
  faults.refuse(
    connection,
    { code: 'rate-limited', detail: 'too many wait for the same', ref },
    RETRY_MS,
  );
