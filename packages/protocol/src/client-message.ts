// Every message that a client can send to a room.
import { type AckMessage, ackSchema } from './acknowledgement.js';
import {
  type ChatDeleteMessage,
  chatDeleteSchema,
  type ChatEditMessage,
  chatEditSchema,
  type ChatHistoryMessage,
  chatHistorySchema,
  type ChatReactMessage,
  chatReactSchema,
  type ChatSearchMessage,
  chatSearchSchema,
  type ChatSendMessage,
  chatSendSchema,
  type TypingMessage,
  typingMessageSchema,
} from './chat.js';
import { type DataSendMessage, dataSendSchema } from './data.js';
import {
  type HelloMessage,
  helloSchema,
  type LeaveMessage,
  leaveSchema,
  type PingMessage,
  pingSchema,
} from './entering.js';
import { type IceGetMessage, iceGetSchema } from './ice.js';
import { type ModerateMessage, moderateSchema } from './moderation.js';
import {
  type PresenceSetMessage,
  presenceSetSchema,
  type RosterGetMessage,
  rosterGetSchema,
} from './presence.js';
import { type SignalMessage, signalMessageSchema } from './signal.js';
import { type StateSetMessage, stateSetSchema } from './state.js';

export type ClientMessage =
  | HelloMessage
  | LeaveMessage
  | PingMessage
  | AckMessage
  | SignalMessage
  | ChatSendMessage
  | ChatEditMessage
  | ChatDeleteMessage
  | ChatReactMessage
  | ChatHistoryMessage
  | ChatSearchMessage
  | TypingMessage
  | PresenceSetMessage
  | RosterGetMessage
  | ModerateMessage
  | StateSetMessage
  | DataSendMessage
  | IceGetMessage;

/** The schemas that `decodeClientMessage` uses, by `type`. */
export const clientMessageSchemas = {
  hello: helloSchema,
  leave: leaveSchema,
  ping: pingSchema,
  ack: ackSchema,
  signal: signalMessageSchema,
  'chat.send': chatSendSchema,
  'chat.edit': chatEditSchema,
  'chat.delete': chatDeleteSchema,
  'chat.react': chatReactSchema,
  'chat.history': chatHistorySchema,
  'chat.search': chatSearchSchema,
  typing: typingMessageSchema,
  'presence.set': presenceSetSchema,
  'roster.get': rosterGetSchema,
  moderate: moderateSchema,
  'state.set': stateSetSchema,
  'data.send': dataSendSchema,
  'ice.get': iceGetSchema,
};
