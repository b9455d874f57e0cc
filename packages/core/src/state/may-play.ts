// What of a peer is shown and heard: what the roster allows, whatever else arrives (MO-1, MO-2).
import type { PeerEntry, Source } from '@rtc-elements/protocol';

import type { Peer } from './room-state.js';

/** Whether they may send anything at all. */
export const maySend = ({ role, can }: Pick<PeerEntry, 'role' | 'can'>): boolean =>
  can?.includes('media') ?? role !== 'listener';

/** Whether `source` of this peer may be played. */
export function mayPlay(peer: Peer, source: Source): boolean {
  // The sound of a screen goes with its picture.
  const sender = source === 'screen-audio' ? 'screen' : source;
  return maySend(peer) && peer.sent[sender] && !peer.muted.includes(sender);
}
