// The two ways to a Room.
import { completeOptions, type RoomOptions } from './api/options.js';
import type { Room } from './api/room-api.js';
import type { LoadCall } from './room/call-loader.js';
import { RoomClient } from './room/room.js';
import { loadModule } from './support/lazy-module.js';

/** A page that only chats never needs the call. Which file it is in is said in rollup.config.mjs. */
const loadCall: LoadCall = async () => (await loadModule(import('./call/call.js'))).createCall;

/**
 * A room to join later. Its devices can be used before, for a lobby.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `bad-name`.
 */
export const createRoom = (options: RoomOptions): Room =>
  new RoomClient(completeOptions(options), loadCall);

/**
 * Joins a room. Resolves once inside; keeps trying while the host cannot be reached, until
 * `options.signal` aborts.
 *
 * ```ts
 * const room = await joinRoom({ room: 'standup', name: 'Ada', video: false });
 * await room.chat.send('hello');
 * ```
 *
 * @throws RtcError when the options are wrong, the room refuses, or `aborted`.
 */
export async function joinRoom(options: RoomOptions): Promise<Room> {
  const room = createRoom(options);
  await room.join();
  return room;
}
