/**
 * The language of rtc-elements: messages, limits, close codes, ids and the codec, for both ends of
 * the wire. No IO, no DOM, no time. The rules it carries out are in `docs/protocol.md`.
 *
 * @packageDocumentation
 */
export type {
  ChatAckMessage,
  ChatDeliveryMessage,
  ChatHistoryMessage,
  ChatMessage,
  ChatPage,
  ChatPageMessage,
  ChatSendMessage,
  TypingDelivery,
  TypingMessage,
} from './chat.js';
export type { ClientMessage } from './client-message.js';
export { CLOSE, type CloseCode, mayRetryAfterClose } from './close-codes.js';
export {
  type Decoded,
  decodeClientMessage,
  decodeIceServers,
  decodePeerMessage,
  decodeServerMessage,
  encode,
} from './codec.js';
export {
  type ErrorMessage,
  HEARTBEAT,
  HEARTBEAT_REPLY,
  type HelloMessage,
  type IceServer,
  type LeaveMessage,
  type PingMessage,
  type PongMessage,
  type RoomLimits,
  type WelcomeMessage,
} from './entering.js';
export { type Fault, FAULT_CODES, type FaultCode } from './faults.js';
export { createId, isRoomName, KEY_PATTERN, ROOM_NAME_PATTERN, roomPath } from './ids.js';
export { LIMITS, TIMES } from './limits.js';
export type { ByeMessage, MediaMessage, PeerMessage } from './peer-message.js';
export {
  type Departure,
  DEPARTURES,
  type MediaFlags,
  type Meta,
  type PeerChange,
  type PeerDeparture,
  type PeerEntry,
  PRESENCE_STATES,
  type PresenceMessage,
  type PresenceSetMessage,
  type PresenceState,
  type Role,
  ROLES,
  type RosterGetMessage,
  type RosterMessage,
} from './presence.js';
export type { ServerMessage } from './server-message.js';
export {
  type Candidate,
  type Description,
  type EarlyOffer,
  type SignalBody,
  type SignalDelivery,
  type SignalMessage,
  type Source,
  type SourceMap,
  SOURCES,
} from './signal.js';
export {
  cleanChatText,
  cleanDisplayName,
  codePointLength,
  isChatText,
  isDisplayName,
  utf8Length,
} from './text.js';
export { PROTOCOL_VERSION } from './version.js';
