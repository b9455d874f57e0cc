/** Who is linked to whom: every member comes to the same answer from the same roster. */
import type { PeerEntry } from '@rtc-elements/protocol';

/** The peers to be linked to: the first `max` of the call, ourselves included; nobody if we are not among them. */
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
