// Every text of the elements, in English. `{name}` is filled in; `one|many` is picked by `{count}`.
import { enDoor } from './en-door.js';
import { enLines } from './en-lines.js';
import { enLobby } from './en-lobby.js';
import { enPeople } from './en-people.js';
import { enStats } from './en-stats.js';
import { enTold } from './en-told.js';

/** The English texts. A page overrides any of them through the provider's `messages`. */
export const en = { ...enLobby, ...enLines, ...enDoor, ...enPeople, ...enStats, ...enTold };

/** The name of a text. */
export type MessageKey = keyof typeof en;

/** A table of texts, in any language. */
export type Messages = Readonly<Record<MessageKey, string>>;
