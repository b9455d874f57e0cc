/**
 * The protocol of rtc-elements: messages, limits, close codes, ids and the codec, for both ends of the
 * wire. No IO, no DOM, no time. `docs/protocol.md` has the rules.
 *
 * @packageDocumentation
 */
export type { AckMessage, MarkMessage } from './acknowledgement.js';
export type {
  ChatAckMessage,
  ChatDeleteMessage,
  ChatDeliveryMessage,
  ChatEditMessage,
  ChatHistoryMessage,
  ChatMessage,
  ChatPage,
  ChatPageMessage,
  ChatReactMessage,
  ChatSearchMessage,
  ChatSendMessage,
  Reactions,
  TypingDelivery,
  TypingMessage,
  WelcomeChat,
} from './chat.js';
export type { ClientMessage } from './client-message.js';
export { CLOSE, type CloseCode, mayRetryAfterClose } from './close-codes.js';
export {
  type Decoded,
  type DecodedFromRoom,
  decodeClientMessage,
  decodeIceServers,
  decodeNoticeRequest,
  decodePeerMessage,
  decodeServerMessage,
  encode,
} from './codec.js';
export {
  type ErrorMessage,
  HEARTBEAT,
  HEARTBEAT_REPLY,
  type HelloMessage,
  type LeaveMessage,
  type PingMessage,
  type PongMessage,
  type RoomLimits,
  type WaitMessage,
  type WelcomeMessage,
} from './entering.js';
export { type Fault, FAULT_CODES, type FaultCode } from './faults.js';
export {
  ACKNOWLEDGES,
  CLIENT_CAPABILITIES,
  IGNORES_UNKNOWN,
  PEER_FEATURES,
  ROOM_FEATURES,
  TAKES_PAGES,
} from './features.js';
export type { IceGetMessage, IceMessage, IceServer } from './ice.js';
export { createId, isRoomName, KEY_PATTERN, ROOM_NAME_PATTERN, roomPath } from './ids.js';
export { LIMITS, TIMES } from './limits.js';
export type {
  AccessMessage,
  BannedPerson,
  DoneMessage,
  ModerateMessage,
  Moderation,
  WaitingPerson,
} from './moderation.js';
export {
  NOTICE_LEVELS,
  type NoticeLevel,
  type NoticeRequest,
  type NotifyMessage,
} from './notify.js';
export type {
  ByeMessage,
  FeaturesMessage,
  LayoutMessage,
  MediaMessage,
  PeerMessage,
  ShownSize,
} from './peer-message.js';
export { isPaged, listOf, PAGED_LISTS, type PagedMessage, type PageMessage } from './page.js';
export {
  type Departure,
  DEPARTURES,
  MEDIA_SOURCES,
  type MediaFlags,
  type MediaSource,
  type Meta,
  type PeerChange,
  type PeerDeparture,
  type PeerEntry,
  PRESENCE_STATES,
  type PresenceMessage,
  type PresenceSetMessage,
  type PresenceState,
  type Permission,
  PERMISSIONS,
  type Role,
  ROLES,
  type RosterGetMessage,
  type RosterMessage,
} from './presence.js';
export { isReaction } from './reaction.js';
export type { Json } from './schema.js';
export type { ServerMessage } from './server-message.js';
export {
  type Candidate,
  type Description,
  type EarlyOffer,
  type SignalBody,
  type SignalDelivery,
  type SignalMessage,
  type SourceMap,
} from './signal.js';
export { type Source, SOURCES } from './source.js';
export {
  STATE_KEY_PATTERN,
  type StateEntry,
  type StateMessage,
  type StateSetMessage,
} from './state.js';
export {
  cleanChatText,
  cleanDisplayName,
  codePointLength,
  isChatText,
  isDisplayName,
  utf8Length,
} from './text.js';
export { PROTOCOL_VERSION, SUBPROTOCOL } from './version.js';
