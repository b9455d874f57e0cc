// Chat and typing (rules CH).
import { type ChatFile, chatFileSchema } from './chat-file.js';
import { LIMITS } from './limits.js';
import { nameSchema } from './presence.js';
import { isReaction, type Reactions } from './reaction.js';
import {
  type BodySchema,
  count,
  flag,
  growing,
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
import { codePointLength, isChatText, isTextShape } from './text.js';

/** One message, as the room stores it. */
export interface ChatMessage {
  /** The number that the room gave it. Messages have no other order (CH-1). */
  readonly seq: number;
  /** The id that the author gave it, by which the room recognises a resend (CH-1). */
  readonly id: string;
  /** By the room's clock, in milliseconds since 1970. No other time is shown (CH-1). */
  readonly at: number;
  /** The author, who may have left. */
  readonly user: string;
  readonly name: string;
  /** A client reads a kind that it does not know as `text` (UN-5). */
  readonly kind: 'text' | 'file';
  /** Mandatory in every kind; empty if the message was deleted. */
  readonly text: string;
  /** What a message of the kind `file` tells of, until it is deleted (CH-11). */
  readonly file?: ChatFile;
  /** The `seq` of the message that this one answers. */
  readonly replyTo?: number;
  /** The number of its last revision, counted over the whole room; absent if it has none (CH-8). */
  readonly rev?: number;
  readonly editedAt?: number;
  readonly deleted?: true;
  /** Users by emoji, in the order in which they reacted. */
  readonly reactions?: Reactions;
}

/** Oldest first. `more` says whether older messages exist before the first. */
export interface ChatPage {
  readonly messages: readonly ChatMessage[];
  readonly more: boolean;
}

/** The page in `welcome`. */
export interface WelcomeChat extends ChatPage {
  /** The number of revisions in the room so far. The client sends it as `hello.lastRev` next time (CH-8). */
  readonly rev: number;
  /** The messages that the client holds and that were revised since its `lastRev`. */
  readonly revised?: readonly ChatMessage[];
}

/** Client to room: send a message. The same `id` again gets the first ack again (CH-1). */
export interface ChatSendMessage {
  readonly type: 'chat.send';
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
  /** The message of mine to store before this one, to rooms with {@link KEEPS_ORDER} (CH-10). */
  readonly after?: string;
  /** Only to rooms with {@link TAKES_CHAT_FILES}; `text` says the same in words (CH-11). */
  readonly file?: ChatFile;
}

/** Room to author: the message is stored durably, under this number (CH-1). */
export interface ChatAckMessage {
  readonly type: 'chat.ack';
  readonly id: string;
  readonly seq: number;
  readonly at: number;
}

/** Room to everybody but the sending session. A revised message goes to that one as well (CH-8). */
export interface ChatDeliveryMessage {
  readonly type: 'chat.message';
  readonly message: ChatMessage;
}

/** Client to room: replace the text of a message of mine (CH-8). */
export interface ChatEditMessage {
  readonly type: 'chat.edit';
  readonly ref: string;
  readonly seq: number;
  readonly text: string;
}

/** Client to room: delete a message of mine, or as a host anybody's (CH-8). */
export interface ChatDeleteMessage {
  readonly type: 'chat.delete';
  readonly ref: string;
  readonly seq: number;
}

/** Client to room: add or remove a reaction of mine (CH-8). */
export interface ChatReactMessage {
  readonly type: 'chat.react';
  readonly ref: string;
  readonly seq: number;
  readonly emoji: string;
  readonly on: boolean;
}

/** Client to room: ask for the page before `before`, after `after` (both exclusive), or the newest (CH-2). */
export interface ChatHistoryMessage {
  readonly type: 'chat.history';
  /** The answer has the same. */
  readonly ref: string;
  readonly before?: number;
  readonly after?: number;
  readonly limit: number;
}

/** Client to room: ask for the newest messages before `before` that contain `query` (CH-9). */
export interface ChatSearchMessage {
  readonly type: 'chat.search';
  readonly ref: string;
  readonly query: string;
  readonly before?: number;
  readonly limit: number;
}

/** Client to room: I am typing, or have stopped (CH-6). */
export interface TypingMessage {
  readonly type: 'typing';
  readonly on: boolean;
}

/** Room to the others. It expires at the receiver after `TIMES.typingExpiresMs` (CH-6). */
export interface TypingDelivery {
  readonly type: 'typing';
  readonly from: string;
  readonly on: boolean;
}

const said = text(2 * LIMITS.textLength);
const textSchema = ruled(said, (words) => isChatText(words, LIMITS.textLength), LIMITS.textLength);
const emoji = ruled(
  text(LIMITS.reactionLength),
  isReaction,
  `one emoji, at most ${LIMITS.reactionLength} characters`,
);
const pageLimit = integer(1, LIMITS.pageMessages);

const chatMessageSchema: SchemaOf<ChatMessage> = ruled(
  object({
    seq: count,
    id,
    at: count,
    user: id,
    name: nameSchema,
    kind: growing(['text', 'file'], 'text'),
    text: said,
    file: optional(chatFileSchema),
    replyTo: optional(count),
    rev: optional(count),
    editedAt: optional(count),
    deleted: optional(oneOf(true)),
    reactions: optional(map(/./u, list(id))),
  }),
  ({ text: words, deleted }) => deleted === true || isTextShape(words, LIMITS.textLength),
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
  after: optional(id),
  file: optional(chatFileSchema),
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
  'only one of before, after',
);

export const chatSearchSchema: BodySchema<ChatSearchMessage> = object({
  ref: id,
  query: ruled(
    text(2 * LIMITS.queryLength),
    (words) => {
      const length = codePointLength(words.trim());
      return length > 0 && length <= LIMITS.queryLength;
    },
    LIMITS.queryLength,
  ),
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
