// The two ways to get a Room.
import { completeOptions, type RoomOptions } from './api/options.js';
import type { Room } from './api/room-api.js';
import type { LoadCall } from './room/call-control.js';
import { OnePersonHint } from './room/one-person.js';
import { RoomClient } from './room/room.js';
import { loadModule } from './support/lazy-module.js';

const hint = new OnePersonHint();

/** Loaded on demand: a page that only chats never needs it. rollup.config.mjs names its file. */
const loadCall: LoadCall = async () => (await loadModule(import('./call/call.js'))).prepareCall;

/**
 * Creates a room to join later. Devices work before joining, for example in a lobby.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `bad-name`.
 */
export function createRoom(options: RoomOptions): Room {
  const complete = completeOptions(options);
  const room = new RoomClient(complete, { call: loadCall });
  hint.watch(room, complete);
  return room;
}

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
