// What may be played of a peer: only what the roster permits, whatever arrives (MO-1, MO-2).
import type { PeerEntry, Source } from '@rtc-elements/protocol';

import type { Peer } from './room-state.js';

/** Whether this person may send any media at all. */
export const maySend = ({ role, can }: Pick<PeerEntry, 'role' | 'can'>): boolean =>
  can?.includes('media') ?? role !== 'listener';

/** Whether `source` of this peer may be played. */
export function mayPlay(peer: Peer, source: Source): boolean {
  // Screen audio follows the screen picture.
  const sender = source === 'screen-audio' ? 'screen' : source;
  return maySend(peer) && peer.sent[sender] && !peer.muted.includes(sender);
}
