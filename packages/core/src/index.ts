/**
 * The core of rtc-elements: join a room for audio, video and chat, without any UI.
 *
 * @packageDocumentation
 */
export { createRoom, joinRoom } from './create-room.js';
export type * from './diagnostics/diagnostics.js';
export { RtcError, type RtcErrorCode, type RtcErrorOptions } from './state/errors.js';
export type { FixedOption, OptionChanges } from './api/option-rules.js';
export type { CheckOptions, MediaChoice, PeekOptions, RoomOptions } from './api/options.js';
export type * from './preflight/rules/network-report.js';
export type { EngineModule, Engines } from './call/ports.js';
export { checkNetwork } from './preflight/check-network.js';
export { peekRoom } from './preflight/peek-room.js';
export type {
  Clock,
  MediaPort,
  PeerConnectionFactory,
  Ports,
  SocketFactory,
  SocketHandlers,
  SocketPort,
  WebSocketClass,
} from './ports.js';
export type * from './api/data-api.js';
export type {
  EncryptionKeys,
  PresenceUpdate,
  PublishOptions,
  Room,
  RoomAudio,
  RoomChat,
  RoomMedia,
  RoomModeration,
  RoomPeople,
  RoomSharedState,
  ScreenOptions,
  SimulatedFault,
  TrackProcessor,
} from './api/room-api.js';
export {
  EphemeralChangeEvent,
  type EphemeralEventMap,
  type EphemeralValue,
} from './api/ephemeral-api.js';
export type * from './api/files-api.js';
export * from './api/room-events.js';
export type * from './state/room-state.js';
export type { TypedEventTarget } from './support/typed-event-target.js';
