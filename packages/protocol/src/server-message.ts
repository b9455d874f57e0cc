// Everything a room may say to a client.
import {
  type ChatAckMessage,
  chatAckSchema,
  type ChatDeliveryMessage,
  chatDeliverySchema,
  type ChatPageMessage,
  chatPageSchema,
  type TypingDelivery,
  typingDeliverySchema,
} from './chat.js';
import {
  type ErrorMessage,
  errorSchema,
  type PongMessage,
  pongSchema,
  type WelcomeMessage,
  welcomeSchema,
} from './entering.js';
import {
  type PresenceMessage,
  presenceSchema,
  type RosterMessage,
  rosterSchema,
} from './presence.js';
import { type SignalDelivery, signalDeliverySchema } from './signal.js';

export type ServerMessage =
  | WelcomeMessage
  | PongMessage
  | ErrorMessage
  | SignalDelivery
  | ChatAckMessage
  | ChatDeliveryMessage
  | ChatPageMessage
  | TypingDelivery
  | PresenceMessage
  | RosterMessage;

/** One schema per `type`: what `decodeServerMessage` looks up. */
export const serverMessageSchemas = {
  welcome: welcomeSchema,
  pong: pongSchema,
  error: errorSchema,
  signal: signalDeliverySchema,
  'chat.ack': chatAckSchema,
  'chat.message': chatDeliverySchema,
  'chat.page': chatPageSchema,
  typing: typingDeliverySchema,
  presence: presenceSchema,
  roster: rosterSchema,
};
