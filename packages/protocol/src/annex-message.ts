// What a room may say that most stays never hear of, so that a client can load it when it is first
// spoken to that way.
import { type ChatPageMessage, chatPageSchema } from './chat-page.js';
import { type IceMessage, iceSchema } from './ice-message.js';
import { type AccessMessage, accessSchema, type DoneMessage, doneSchema } from './moderation.js';
import { type NotifyMessage, notifySchema } from './notify.js';
import { type StateMessage, stateSchema } from './state.js';

export type AnnexMessage =
  AccessMessage | StateMessage | NotifyMessage | IceMessage | DoneMessage | ChatPageMessage;

/** One schema per `type`: what `decodeAnnexMessage` looks up. */
export const annexMessageSchemas = {
  access: accessSchema,
  state: stateSchema,
  notify: notifySchema,
  ice: iceSchema,
  done: doneSchema,
  'chat.page': chatPageSchema,
};
