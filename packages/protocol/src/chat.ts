// Chat and typing (rules CH).
import { LIMITS } from './limits.js';
import { nameSchema } from './presence.js';
import { isReaction } from './reaction.js';
import {
  type BodySchema,
  count,
  flag,
  id,
  integer,
  list,
  map,
  object,
  oneOf,
  optional,
  ruled,
  type SchemaOf,
  text,
} from './schema.js';
import { codePointLength, isChatText } from './text.js';

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
  /** Empty once deleted. */
  readonly text: string;
  /** The number of the message that it answers. */
  readonly replyTo?: number;
  /** Of all revisions in the room, the last that concerns this message (CH-8); absent: as it was said. */
  readonly rev?: number;
  readonly editedAt?: number;
  readonly deleted?: true;
  /** Who reacted how: users by emoji, in the order they did. */
  readonly reactions?: Reactions;
}

/** Users by emoji. */
export type Reactions = Readonly<Record<string, readonly string[]>>;

/** Newest last. `more`: older ones exist before the first. */
export interface ChatPage {
  readonly messages: readonly ChatMessage[];
  readonly more: boolean;
}

/** The page of `welcome`. */
export interface WelcomeChat extends ChatPage {
  /** How many revisions there were in the room: what `hello.lastRev` says next time (CH-8). */
  readonly rev: number;
  /** Of what the client holds, the messages that were revised since its `lastRev`. */
  readonly revised?: readonly ChatMessage[];
}

/** Client to room: say it. Sending the same `id` again yields the first ack (CH-1). */
export interface ChatSendMessage {
  readonly type: 'chat.send';
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
}

/** Room to author: stored durably, under this number (CH-1). */
export interface ChatAckMessage {
  readonly type: 'chat.ack';
  readonly id: string;
  readonly seq: number;
  readonly at: number;
}

/** Room to everybody but the sending session; when revised, to that one, too (CH-8). */
export interface ChatDeliveryMessage {
  readonly type: 'chat.message';
  readonly message: ChatMessage;
}

/** Client to room: another text for a message of mine (CH-8). */
export interface ChatEditMessage {
  readonly type: 'chat.edit';
  readonly ref: string;
  readonly seq: number;
  readonly text: string;
}

/** Client to room: take a message of mine back; a host may take back any (CH-8). */
export interface ChatDeleteMessage {
  readonly type: 'chat.delete';
  readonly ref: string;
  readonly seq: number;
}

/** Client to room: react, or do so no more (CH-8). */
export interface ChatReactMessage {
  readonly type: 'chat.react';
  readonly ref: string;
  readonly seq: number;
  readonly emoji: string;
  readonly on: boolean;
}

/** Client to room: the page before `before` (exclusive), after `after` (exclusive), or the newest (CH-2). */
export interface ChatHistoryMessage {
  readonly type: 'chat.history';
  /** Comes back in the answer. */
  readonly ref: string;
  readonly before?: number;
  readonly after?: number;
  readonly limit: number;
}

/** Client to room: the newest messages before `before` in which `query` occurs (CH-9). */
export interface ChatSearchMessage {
  readonly type: 'chat.search';
  readonly ref: string;
  readonly query: string;
  readonly before?: number;
  readonly limit: number;
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

const said = text(2 * LIMITS.textLength);
const textSchema = ruled(said, (words) => isChatText(words, LIMITS.textLength));
const emoji = ruled(text(LIMITS.reactionLength), isReaction);
const pageLimit = integer(1, LIMITS.pageMessages);

export const chatMessageSchema: SchemaOf<ChatMessage> = ruled(
  object({
    seq: count,
    id,
    at: count,
    user: id,
    name: nameSchema,
    kind: oneOf('text'),
    text: said,
    replyTo: optional(count),
    rev: optional(count),
    editedAt: optional(count),
    deleted: optional(oneOf(true)),
    reactions: optional(map(/./u, list(id))),
  }),
  ({ text: words, deleted }) => deleted === true || isChatText(words, LIMITS.textLength),
);

const chatPageEntries = { messages: list(chatMessageSchema), more: flag };

export const welcomeChatSchema: SchemaOf<WelcomeChat> = object({
  ...chatPageEntries,
  rev: count,
  revised: optional(list(chatMessageSchema)),
});

export const chatSendSchema: BodySchema<ChatSendMessage> = object({
  id,
  text: textSchema,
  replyTo: optional(count),
});

export const chatAckSchema: BodySchema<ChatAckMessage> = object({
  id,
  seq: count,
  at: count,
});

export const chatDeliverySchema: BodySchema<ChatDeliveryMessage> = object({
  message: chatMessageSchema,
});

export const chatEditSchema: BodySchema<ChatEditMessage> = object({
  ref: id,
  seq: count,
  text: textSchema,
});

export const chatDeleteSchema: BodySchema<ChatDeleteMessage> = object({ ref: id, seq: count });

export const chatReactSchema: BodySchema<ChatReactMessage> = object({
  ref: id,
  seq: count,
  emoji,
  on: flag,
});

export const chatHistorySchema: BodySchema<ChatHistoryMessage> = ruled(
  object({
    ref: id,
    before: optional(count),
    after: optional(count),
    limit: pageLimit,
  }),
  ({ before, after }) => before === undefined || after === undefined,
);

export const chatSearchSchema: BodySchema<ChatSearchMessage> = object({
  ref: id,
  query: ruled(text(2 * LIMITS.queryLength), (words) => {
    const length = codePointLength(words.trim());
    return length > 0 && length <= LIMITS.queryLength;
  }),
  before: optional(count),
  limit: pageLimit,
});

export const typingMessageSchema: BodySchema<TypingMessage> = object({
  on: flag,
});

export const typingDeliverySchema: BodySchema<TypingDelivery> = object({
  from: id,
  on: flag,
});

/** Room to client: the answer to `chat.history` and `chat.search` (CH-2, CH-9). */
export interface ChatPageMessage extends ChatPage {
  readonly type: 'chat.page';
  readonly ref: string;
}

export const chatPageSchema: BodySchema<ChatPageMessage> = object({
  ref: id,
  ...chatPageEntries,
});
