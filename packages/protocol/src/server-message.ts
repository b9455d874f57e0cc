/**
 * Everything a room may say to a client, in two tables: what every stay in a room needs, and what most
 * never hear of, so that a client can load the second when it is first spoken to that way.
 */
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
import { type IceMessage, iceSchema } from './ice.js';
import {
  type AccessMessage,
  accessSchema,
  type DoneMessage,
  doneSchema,
  type WaitMessage,
  waitSchema,
} from './moderation.js';
import { type NotifyMessage, notifySchema } from './notify.js';
import {
  type PresenceMessage,
  presenceSchema,
  type RosterMessage,
  rosterSchema,
} from './presence.js';
import { type SignalDelivery, signalDeliverySchema } from './signal.js';
import { type StateMessage, stateSchema } from './state.js';

/** What every stay needs. */
export type BasicMessage =
  | WelcomeMessage
  | PongMessage
  | ErrorMessage
  | SignalDelivery
  | ChatAckMessage
  | ChatDeliveryMessage
  | ChatPageMessage
  | TypingDelivery
  | PresenceMessage
  | RosterMessage
  | WaitMessage;

/** What a client may leave to a part that it loads later. */
export type AnnexMessage = AccessMessage | StateMessage | NotifyMessage | IceMessage | DoneMessage;

export type ServerMessage = BasicMessage | AnnexMessage;

/** One schema per `type`: what `decodeBasicMessage` looks up. */
export const basicMessageSchemas = {
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
  wait: waitSchema,
};

/** The same for `decodeAnnexMessage`. */
export const annexMessageSchemas = {
  access: accessSchema,
  state: stateSchema,
  notify: notifySchema,
  ice: iceSchema,
  done: doneSchema,
};
