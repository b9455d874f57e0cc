// All texts of the elements in English. `{name}` is filled in; `{count}` chooses between `one|many`.
import type { RtcErrorCode } from '@rtc-elements/core';

import { enChat } from './en-chat.js';
import { enEntry } from './en-entry.js';
import { enFiles } from './en-files.js';
import { enLobby } from './en-lobby.js';
import { enNotices } from './en-notices.js';
import { enPeople } from './en-people.js';
import { enStats } from './en-stats.js';

/** The English texts. A page can override any of them with `messages` on `<rtc-room>`. */
export const en = {
  ...enLobby,
  ...enChat,
  ...enEntry,
  ...enPeople,
  ...enStats,
  ...enNotices,
  ...enFiles,
};

/** The key of a text. */
export type MessageKey = keyof typeof en;

/** The key under which a page may replace the sentence for a code. The engine's own is the default. */
export type ProblemKey = `problem.${RtcErrorCode}`;

/** All texts, in any language, and those for problems, by `problem.<code>`, which the engine has in English. */
export type Messages = Readonly<Record<MessageKey, string>> &
  Readonly<Partial<Record<ProblemKey, string>>>;
