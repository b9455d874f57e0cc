// All texts of the elements in English. `{name}` is filled in; `{count}` chooses between `one|many`.
import { enChat } from './en-chat.js';
import { enEntry } from './en-entry.js';
import { enLobby } from './en-lobby.js';
import { enNotices } from './en-notices.js';
import { enPeople } from './en-people.js';
import { enStats } from './en-stats.js';

/** The English texts. A page can override any of them with `messages` on `<rtc-room>`. */
export const en = { ...enLobby, ...enChat, ...enEntry, ...enPeople, ...enStats, ...enNotices };

/** The key of a text. */
export type MessageKey = keyof typeof en;

/** All texts, in any language. */
export type Messages = Readonly<Record<MessageKey, string>>;
