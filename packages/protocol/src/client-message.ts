// Everything a client may say to a room.
import {
  type ChatHistoryMessage,
  chatHistorySchema,
  type ChatSendMessage,
  chatSendSchema,
  type TypingMessage,
  typingMessageSchema,
} from './chat.js';
import {
  type HelloMessage,
  helloSchema,
  type LeaveMessage,
  leaveSchema,
  type PingMessage,
  pingSchema,
} from './entering.js';
import {
  type PresenceSetMessage,
  presenceSetSchema,
  type RosterGetMessage,
  rosterGetSchema,
} from './presence.js';
import { type SignalMessage, signalMessageSchema } from './signal.js';

export type ClientMessage =
  | HelloMessage
  | LeaveMessage
  | PingMessage
  | SignalMessage
  | ChatSendMessage
  | ChatHistoryMessage
  | TypingMessage
  | PresenceSetMessage
  | RosterGetMessage;

/** One schema per `type`: what `decodeClientMessage` looks up. */
export const clientMessageSchemas = {
  hello: helloSchema,
  leave: leaveSchema,
  ping: pingSchema,
  signal: signalMessageSchema,
  'chat.send': chatSendSchema,
  'chat.history': chatHistorySchema,
  typing: typingMessageSchema,
  'presence.set': presenceSetSchema,
  'roster.get': rosterGetSchema,
};
