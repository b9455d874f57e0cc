/**
 * The engine of rtc-elements: join a room, talk, write, see, without any UI.
 *
 * @packageDocumentation
 */
export { createRoom } from './create-room.js';
export type * from './diagnostics/diagnostics.js';
export { RtcError, type RtcErrorCode, type RtcErrorOptions } from './state/errors.js';
export { joinRoom } from './join-room.js';
export type { MediaChoice, RoomOptions } from './api/options.js';
export type * from './preflight/rules/network-report.js';
// Side by side: they are alike, and what is alike and near weighs less in a bundle.
export { checkNetwork, type CheckOptions } from './preflight/check-network.js';
export { peekRoom } from './preflight/peek-room.js';
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
  RoomSharedState as RoomValues,
  ScreenOptions,
  SimulatedFault,
} from './api/room-api.js';
export * from './api/room-events.js';
export type * from './state/room-state.js';
export type { TypedEventTarget } from './support/typed-event-target.js';
