/**
 * The engine of rtc-elements: join a room, talk, write, see, without any UI.
 *
 * @packageDocumentation
 */
export { createRoom } from './create-room.js';
export type * from './diagnostics/diagnostics.js';
export { RtcError, type RtcErrorCode, type RtcErrorOptions } from './errors.js';
export { joinRoom } from './join-room.js';
export type { MediaChoice, RoomOptions } from './options.js';
export type * from './quality/network-report.js';
// Side by side: they are alike, and what is alike and near weighs less in a bundle.
export { checkNetwork, type CheckOptions } from './check-network.js';
export { peekRoom } from './peek-room.js';
export type {
  Clock,
  MediaPort,
  PeerConnectionFactory,
  Ports,
  SocketFactory,
  SocketHandlers,
  SocketPort,
} from './ports.js';
export type {
  PresenceUpdate,
  Room,
  RoomChat,
  RoomMedia,
  RoomModeration,
  RoomPeople,
  RoomValues,
  ScreenOptions,
  SimulatedFault,
} from './room-api.js';
export * from './room-events.js';
export type * from './state/room-state.js';
export type { TypedEventTarget } from './support/typed-event-target.js';
