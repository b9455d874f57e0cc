// Every text of the elements, in English. `{name}` is filled in; `one|many` is picked by `{count}`.
import { enChat } from './en-chat.js';
import { enEntry } from './en-entry.js';
import { enLobby } from './en-lobby.js';
import { enNotices } from './en-notices.js';
import { enPeople } from './en-people.js';
import { enStats } from './en-stats.js';

/** The English texts. A page overrides any of them through the provider's `messages`. */
export const en = { ...enLobby, ...enChat, ...enEntry, ...enPeople, ...enStats, ...enNotices };

/** The name of a text. */
export type MessageKey = keyof typeof en;

/** A table of texts, in any language. */
export type Messages = Readonly<Record<MessageKey, string>>;
