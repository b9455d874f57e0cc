// What of a peer is shown and heard: what the roster allows, whatever else arrives (MO-1, MO-2).
import type { Source } from '@rtc-elements/protocol';

import type { Peer } from './room-state.js';

/** Whether `source` of this peer may be played. */
export function mayPlay({ role, sent, muted }: Peer, source: Source): boolean {
  // The sound of a screen goes with its picture.
  const sender = source === 'screen-audio' ? 'screen' : source;
  return role !== 'listener' && sent[sender] && !muted.includes(sender);
}
