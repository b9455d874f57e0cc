// Who has read our last message. Pure.
import type { ChatEntry, Peer } from '@rtc-elements/core';

/** Our newest message in the room, and the names of those who have read that far. */
export interface Seen {
  readonly seq: number;
  readonly names: readonly string[];
}

/** `null`: we wrote nothing that anybody has read. Each person once, however many of their pages are here. */
export function seenBy(
  entries: readonly ChatEntry[],
  peers: readonly Peer[],
  user: string | undefined,
): Seen | null {
  const seq = entries.findLast((entry) => entry.user === user && entry.seq !== null)?.seq;
  if (!seq) return null;
  const readers = peers.filter((peer) => peer.read >= seq && peer.user !== user);
  const names = new Map(readers.map((peer) => [peer.user, peer.name]));
  return names.size > 0 ? { seq, names: [...names.values()] } : null;
}
