/**
 * Everything a room may say to a client: what every stay needs is here, what a call needs in
 * `signal.ts`, the rest in `annex-message.ts`.
 */
import type { AnnexMessage } from './annex-message.js';
import {
  type ChatAckMessage,
  chatAckSchema,
  type ChatDeliveryMessage,
  chatDeliverySchema,
  type TypingDelivery,
  typingDeliverySchema,
} from './chat.js';
import {
  type ErrorMessage,
  errorSchema,
  type PongMessage,
  pongSchema,
  type WaitMessage,
  waitSchema,
  type WelcomeMessage,
  welcomeSchema,
} from './entering.js';
import {
  type PresenceMessage,
  presenceSchema,
  type RosterMessage,
  rosterSchema,
} from './presence.js';
import type { SignalDelivery } from './signal.js';

/** What every stay needs. */
export type BasicMessage =
  | WelcomeMessage
  | PongMessage
  | ErrorMessage
  | ChatAckMessage
  | ChatDeliveryMessage
  | TypingDelivery
  | PresenceMessage
  | RosterMessage
  | WaitMessage;

export type ServerMessage = BasicMessage | SignalDelivery | AnnexMessage;

/** One schema per `type`: what `decodeBasicMessage` looks up. */
export const basicMessageSchemas = {
  welcome: welcomeSchema,
  pong: pongSchema,
  error: errorSchema,
  'chat.ack': chatAckSchema,
  'chat.message': chatDeliverySchema,
  typing: typingDeliverySchema,
  presence: presenceSchema,
  roster: rosterSchema,
  wait: waitSchema,
};
