// Every message that a room can send to a client.
import { type MarkMessage, markSchema } from './acknowledgement.js';
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
import { type DataAckMessage, dataAckSchema, type DataMessage, dataSchema } from './data.js';
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
import { type IceMessage, iceSchema } from './ice.js';
import { type AccessMessage, accessSchema, type DoneMessage, doneSchema } from './moderation.js';
import { type NotifyMessage, notifySchema } from './notify.js';
import { type PageMessage, pageSchema } from './page.js';
import {
  type PresenceMessage,
  presenceSchema,
  type RosterMessage,
  rosterSchema,
} from './presence.js';
import { type SignalDelivery, signalDeliverySchema } from './signal.js';
import { type StateMessage, stateSchema } from './state.js';

export type ServerMessage =
  | WelcomeMessage
  | WaitMessage
  | PongMessage
  | MarkMessage
  | ErrorMessage
  | DoneMessage
  | RosterMessage
  | PresenceMessage
  | SignalDelivery
  | ChatAckMessage
  | ChatDeliveryMessage
  | ChatPageMessage
  | TypingDelivery
  | AccessMessage
  | StateMessage
  | PageMessage
  | NotifyMessage
  | DataMessage
  | DataAckMessage
  | IceMessage;

/** The schemas that `decodeServerMessage` uses, by `type`. */
export const serverMessageSchemas = {
  welcome: welcomeSchema,
  pong: pongSchema,
  mark: markSchema,
  error: errorSchema,
  'chat.ack': chatAckSchema,
  'chat.message': chatDeliverySchema,
  typing: typingDeliverySchema,
  presence: presenceSchema,
  roster: rosterSchema,
  wait: waitSchema,
  signal: signalDeliverySchema,
  access: accessSchema,
  state: stateSchema,
  page: pageSchema,
  notify: notifySchema,
  data: dataSchema,
  'data.ack': dataAckSchema,
  ice: iceSchema,
  done: doneSchema,
  'chat.page': chatPageSchema,
};
