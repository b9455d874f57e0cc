// Asks who is in a room without joining it.
import type { PeekOptions } from '../api/options.js';
import type { RoomPeople } from '../api/room-api.js';
import { loadModule } from '../support/lazy-module.js';

/**
 * Asks how many people are in a room, and for the names of the first few, without joining.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `flooded`, `host-unreachable`, `aborted`; why a token was refused, as
 * for joining;
 * `part-unavailable` if the code for it cannot be loaded.
 */
export const peekRoom = async (options: PeekOptions): Promise<RoomPeople> =>
  (await loadModule(import('./preflight.js'))).requestPeople(options);
