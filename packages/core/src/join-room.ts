// Create and join in one step.
import { createRoom } from './create-room.js';
import type { RoomOptions } from './api/options.js';
import type { Room } from './api/room-api.js';

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
