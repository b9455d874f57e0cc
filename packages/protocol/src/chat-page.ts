// Pages of the chat that somebody asked for (CH-2, CH-9).
import { type ChatPage, chatPageEntries } from './chat.js';
import { type BodySchema, id, object } from './schema.js';

/** Room to client: answer to `chat.history` and `chat.search`. */
export interface ChatPageMessage extends ChatPage {
  readonly type: 'chat.page';
  readonly ref: string;
}

export const chatPageSchema: BodySchema<ChatPageMessage> = object({
  ref: id,
  ...chatPageEntries,
});
