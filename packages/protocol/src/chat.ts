// Chat and typing (rules CH).
import { LIMITS } from './limits.js';
import { nameSchema } from './presence.js';
import {
  type BodySchema,
  count,
  flag,
  id,
  integer,
  list,
  object,
  oneOf,
  optional,
  ruled,
  type SchemaOf,
  text,
} from './schema.js';
import { isChatText } from './text.js';

/** One message as the room keeps it. */
export interface ChatMessage {
  /** The room's number: the only order (CH-1). */
  readonly seq: number;
  /** The author's own id for it, by which a resend is recognised (CH-1). */
  readonly id: string;
  /** Room clock, milliseconds since 1970: the only time shown (CH-1). */
  readonly at: number;
  /** The author, who need not be here any more. */
  readonly user: string;
  readonly name: string;
  readonly kind: 'text';
  readonly text: string;
}

/** Newest last. `more`: older ones exist before the first. */
export interface ChatPage {
  readonly messages: readonly ChatMessage[];
  readonly more: boolean;
}

/** Client to room: say it. Sending the same `id` again yields the first ack (CH-1). */
export interface ChatSendMessage {
  readonly type: 'chat.send';
  readonly id: string;
  readonly text: string;
}

/** Room to author: stored durably, under this number (CH-1). */
export interface ChatAckMessage {
  readonly type: 'chat.ack';
  readonly id: string;
  readonly seq: number;
  readonly at: number;
}

/** Room to everybody but the sending session. */
export interface ChatDeliveryMessage {
  readonly type: 'chat.message';
  readonly message: ChatMessage;
}

/** Client to room: the page before `before` (exclusive), or the newest (CH-2). */
export interface ChatHistoryMessage {
  readonly type: 'chat.history';
  /** Comes back in the answer. */
  readonly ref: string;
  readonly before?: number;
  readonly limit: number;
}

/** Room to client: answer to `chat.history`. */
export interface ChatPageMessage extends ChatPage {
  readonly type: 'chat.page';
  readonly ref: string;
}

/** Client to room: I am typing, or stopped (CH-6). */
export interface TypingMessage {
  readonly type: 'typing';
  readonly on: boolean;
}

/** Room to the others; expires at the receiver after `TIMES.typingExpiresMs` (CH-6). */
export interface TypingDelivery {
  readonly type: 'typing';
  readonly from: string;
  readonly on: boolean;
}

const textSchema = ruled(text(2 * LIMITS.textLength), (said) =>
  isChatText(said, LIMITS.textLength),
);

export const chatMessageSchema: SchemaOf<ChatMessage> = object({
  seq: count,
  id,
  at: count,
  user: id,
  name: nameSchema,
  kind: oneOf('text'),
  text: textSchema,
});

export const chatPageEntries = { messages: list(chatMessageSchema), more: flag };

export const chatSendSchema: BodySchema<ChatSendMessage> = object({
  id,
  text: textSchema,
});

export const chatAckSchema: BodySchema<ChatAckMessage> = object({
  id,
  seq: count,
  at: count,
});

export const chatDeliverySchema: BodySchema<ChatDeliveryMessage> = object({
  message: chatMessageSchema,
});

export const chatHistorySchema: BodySchema<ChatHistoryMessage> = object({
  ref: id,
  before: optional(count),
  limit: integer(1, LIMITS.pageMessages),
});

export const chatPageSchema: BodySchema<ChatPageMessage> = object({
  ref: id,
  ...chatPageEntries,
});

export const typingMessageSchema: BodySchema<TypingMessage> = object({
  on: flag,
});

export const typingDeliverySchema: BodySchema<TypingDelivery> = object({
  from: id,
  on: flag,
});
