// Every text of the elements, in English. `{name}` is filled in; `one|many` is picked by `{count}`.
import { enChat } from './en-chat.js';
import { enLobby } from './en-lobby.js';

/** The English texts. A page overrides any of them through the provider's `messages`. */
export const en = { ...enLobby, ...enChat };

/** The name of a text. */
export type MessageKey = keyof typeof en;

/** A table of texts, in any language. */
export type Messages = Readonly<Record<MessageKey, string>>;
