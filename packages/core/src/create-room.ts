// The two ways to get a Room.
import { completeOptions, type RoomOptions } from './api/options.js';
import type { Room } from './api/room-api.js';
import type { LoadCall } from './room/call-control.js';
import { RoomClient } from './room/room.js';
import { loadModule } from './support/lazy-module.js';

/** Loaded on demand: a page that only chats never needs it. rollup.config.mjs names its file. */
const loadCall: LoadCall = async () => (await loadModule(import('./call/call.js'))).prepareCall;

/**
 * Creates a room to join later. Devices work before joining, for example in a lobby.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `bad-name`.
 */
export const createRoom = (options: RoomOptions): Room =>
  new RoomClient(completeOptions(options), loadCall);

/**
 * Creates and joins a room. Resolves once inside. While the host cannot be reached, it keeps trying
 * until `options.signal` aborts.
 *
 * ```ts
 * const room = await joinRoom({ room: 'standup', name: 'Ada', video: false });
 * await room.chat.send('hello');
 * ```
 *
 * @throws RtcError if the options are invalid or the room refuses; `aborted` if joining was aborted.
 */
export async function joinRoom(options: RoomOptions): Promise<Room> {
  const room = createRoom(options);
  await room.join();
  return room;
}
