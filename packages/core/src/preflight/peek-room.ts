// Who is in a room, without joining it. How is in the annex: a page that joins does not ask.
import type { RoomOptions } from '../api/options.js';
import type { RoomPeople } from '../api/room-api.js';
import { loadModule } from '../support/lazy-module.js';

/** Which room to look into. */
export type PeekOptions = Pick<RoomOptions, 'host' | 'room' | 'token' | 'tokenProvider' | 'signal'>;

/**
 * Asks how many people are in a room, and the names of the first few.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `auth`, `forbidden`, `host-unreachable`, `aborted`.
 */
export const peekRoom = async (options: PeekOptions): Promise<RoomPeople> =>
  (await loadModule(import('../room/annex.js'))).peekRoom(options);
