// The rest of what did not fit one frame (PG-1).
import type { WelcomeMessage } from './entering.js';
import { type AccessMessage, type BannedPerson, bannedSchema } from './moderation.js';
import { type PeerEntry, peerEntrySchema, type RosterMessage } from './presence.js';
import { type BodySchema, flag, list, object, optional } from './schema.js';
import { type StateEntry, stateEntrySchema, type StateMessage } from './state.js';

/** A message whose list can go on in pages. */
export type PagedMessage = WelcomeMessage | RosterMessage | AccessMessage | StateMessage;

/** Room to client: more of the list of the message before, which said `more`. It has one of the lists. */
export interface PageMessage {
  readonly type: 'page';
  /** Of `welcome` and `roster`. */
  readonly peers?: readonly PeerEntry[];
  /** Of `state`. */
  readonly entries?: readonly StateEntry[];
  /** Of `access`. */
  readonly banned?: readonly BannedPerson[];
  /** Whether another page follows. */
  readonly more: boolean;
}

/** Which list of each message goes on in pages. */
export const PAGED_LISTS = {
  welcome: 'peers',
  roster: 'peers',
  access: 'banned',
  state: 'entries',
} as const satisfies Readonly<Record<PagedMessage['type'], keyof PageMessage>>;

export const isPaged = (message: { readonly type: string }): message is PagedMessage =>
  Object.hasOwn(PAGED_LISTS, message.type);

/** The list of such a message, or the part of it that is in the message. */
export function listOf(message: PagedMessage): readonly object[] {
  switch (message.type) {
    case 'welcome':
    case 'roster':
      return message.peers;
    case 'access':
      return message.banned ?? [];
    case 'state':
      return message.entries;
  }
}

export const pageSchema: BodySchema<PageMessage> = object({
  peers: optional(list(peerEntrySchema)),
  entries: optional(list(stateEntrySchema)),
  banned: optional(list(bannedSchema)),
  more: flag,
});
