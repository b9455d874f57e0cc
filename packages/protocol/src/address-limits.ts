/**
 * What one network address may ask of a deployment, over all of its rooms (LI-6). A room has further limits for one
 * address (LI-5). Only the edge uses these figures, so they are apart from those that clients load.
 */
export const ADDRESS_LIMITS = {
  /** Sockets: refill per second, and burst. Enough for an office whose connections all break at once. */
  joinsPerSecond: 10,
  joinBurst: 60,
  /** Requests for ICE servers over HTTP: refill per second, and burst. */
  iceRequestsPerSecond: 1,
  iceRequestBurst: 30,
  /** Requests for who is in a room: refill per second, and burst. A page may show many rooms. */
  peopleRequestsPerSecond: 10,
  peopleRequestBurst: 100,
  /** Rooms that the address has not asked for lately: refill per second, and burst. */
  newRoomsPerSecond: 0.5,
  newRoomBurst: 60,
  /** Rooms that count as known, the latest ones. */
  knownRooms: 128,
  /** User names at a TURN server within an hour, that of its network checks included. */
  turnUserNames: 16,
  /** Sockets in one room that have not joined yet, those that are being closed included (LI-5). */
  pendingSockets: 20,
  /** People in the waiting room of one room (LI-5). */
  waiting: 8,
  /** Knocks at one room, of an address and of a user: refill per second, and burst (LI-5). */
  knocksPerSecond: 1,
  knockBurst: 5,
} as const;
