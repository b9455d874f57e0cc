/** Whether people talk over the lines of a room, so that a file makes room for them. */
import type { MediaFlags } from '@rtc-elements/protocol';

import type { DataContext } from '../data/ports.js';

/** Whoever has asked something not longer ago may ask again, ms. */
const TALK_MS = 5_000;

type Talk = Pick<DataContext, 'clock' | 'getSnapshot' | 'lineUse'>;

export function isTalking({ clock, getSnapshot, lineUse }: Talk): boolean {
  if (clock.now() - lineUse.talkedAt < TALK_MS) return true;
  const { peers, you } = getSnapshot();
  const isSending = ({ camera, microphone, screen }: MediaFlags): boolean =>
    camera || microphone || screen;
  const isHeard = peers.some(({ tracks }) => Object.keys(tracks).length > 0);
  return isHeard || (you !== null && isSending(you.media) && peers.length > 0);
}
