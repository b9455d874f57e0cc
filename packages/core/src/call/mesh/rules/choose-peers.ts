/** Who is linked to whom. From the same roster, every member comes to the same answer. */
import type { PeerEntry } from '@rtc-elements/protocol';

/**
 * The peers to link to: the first `max` members of the call, less ourselves; nobody if we are not
 * among them.
 */
export const choosePeers = (
  you: PeerEntry,
  peers: readonly PeerEntry[],
  max: number,
): ReadonlyMap<string, PeerEntry> => {
  const inCall = [you, ...peers.filter(({ session }) => session !== you.session)]
    .filter(({ call }) => call > 0)
    .sort((a, b) => a.call - b.call)
    .slice(0, max);
  if (!inCall.includes(you)) return new Map();
  return new Map(inCall.filter((peer) => peer !== you).map((peer) => [peer.session, peer]));
};
