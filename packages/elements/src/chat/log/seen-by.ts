// Who has read the local user's last message. Pure.
import type { ChatEntry, Peer } from '@rtc-elements/core';

import type { NamedUser } from '../../names/name-book.js';

/** The local user's newest message, and the names of those who have read that far. */
export interface Seen {
  readonly seq: number;
  readonly names: readonly string[];
}

/**
 * `null` if nobody has read a message of the local user. Lists a person with several connections once.
 */
export function seenBy(
  entries: readonly ChatEntry[],
  peers: readonly Peer[],
  user: string | undefined,
  labelOf: (person: NamedUser) => string = ({ name }) => name,
): Seen | null {
  const seq = entries.findLast((entry) => entry.user === user && entry.seq !== null)?.seq;
  if (!seq) return null;
  const readers = peers.filter((peer) => peer.read >= seq && peer.user !== user);
  const names = new Map(readers.map((peer) => [peer.user, labelOf(peer)]));
  return names.size > 0 ? { seq, names: [...names.values()] } : null;
}
