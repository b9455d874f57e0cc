// The two ways to a Room.
import type { LoadAnnex } from './room/annex-seat.js';
import type { LoadCall } from './room/call-loader.js';
import { completeOptions, type RoomOptions } from './api/options.js';
import { RoomClient } from './room/room.js';
import type { Room } from './api/room-api.js';
import { loadModule } from './support/lazy-module.js';

/** Media comes as a chunk of its own, so that a page with chat only does not carry it. */
const loadCall: LoadCall = async () => (await loadModule(import('./call/call.js'))).createCall;

/** What most stays never need; the same for it. */
const loadAnnex: LoadAnnex = async () => (await loadModule(import('./room/annex.js'))).createAnnex;

/**
 * A room to join later. Its devices can be used before, for a lobby.
 *
 * @throws RtcError `bad-host`, `bad-room-name`, `bad-name`.
 */
export const createRoom = (options: RoomOptions): Room =>
  new RoomClient(completeOptions(options), loadCall, loadAnnex);
