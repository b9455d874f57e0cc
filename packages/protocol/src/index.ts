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
  TypingDelivery,
  TypingMessage,
  WelcomeChat,
} from './chat.js';
export { type ChatFile, chatFileType } from './chat-file.js';
export type { ClientMessage } from './client-message.js';
export { CLOSE, type CloseCode, mayRetryAfterClose } from './close-codes.js';
export {
  type Decoded,
  type DecodedFromRoom,
  decodeClientMessage,
  decodePathMessage,
  decodePeerMessage,
  decodeServerMessage,
  encode,
  parseData,
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
  CARRIES_DATA,
  CLIENT_CAPABILITIES,
  IGNORES_UNKNOWN,
  KEEPS_ORDER,
  LINKS_DATA,
  PEER_FEATURES,
  ROOM_FEATURES,
  TAKES_CHAT_FILES,
  TAKES_PAGES,
} from './features.js';
export {
  DATA_PURPOSES,
  type DataAckMessage,
  type DataMessage,
  type DataPurpose,
  type DataSendMessage,
} from './data.js';
export type { UnsentMessage, UnsentRecord } from './unsent.js';
export type { IceGetMessage, IceMessage, IceServer } from './ice.js';
export {
  createId,
  ID_PATTERN,
  isRoomName,
  KEY_PATTERN,
  ROOM_NAME_PATTERN,
  roomPath,
} from './ids.js';
export { LIMITS, TIMES } from './limits.js';
export { ADDRESS_LIMITS } from './address-limits.js';
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
  ReadyMessage,
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
export { isReaction, mergeReactions, qualifyReaction, type Reactions } from './reaction.js';
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
  type StateRequest,
  type StateSetMessage,
} from './state.js';
export {
  cleanChatText,
  codePointLength,
  isChatText,
  isFileName,
  isDisplayName,
  isVisible,
  utf8Length,
} from './text.js';
export {
  type ValueEntry,
  type ValueMessage,
  valueMessageSchemas,
  type ValuesMessage,
  type ValuesSeenMessage,
} from './values.js';
export {
  decodeIceServers,
  decodeNoticeRequest,
  decodeStateRequest,
  decodeUnsentRecord,
} from './value-codec.js';
export { PROTOCOL_VERSION, SUBPROTOCOL } from './version.js';
