// Compares the presence we want the room to show with the one it shows.
import type { MediaFlags, Meta, PeerEntry, PresenceSetMessage } from '@rtc-elements/protocol';

import { isSame } from './patch.js';

/** Everything a client announces about itself. */
export interface WantedPresence {
  readonly name: string;
  readonly state: 'active' | 'away';
  readonly call: boolean;
  readonly media: MediaFlags;
  readonly hand: boolean;
  readonly meta: Meta;
  /** The `seq` of the newest message read (CH-7). */
  readonly read: number;
}

/** The flags of somebody who sends nothing. */
export const NO_FLAGS: MediaFlags = { microphone: false, camera: false, screen: false };

/** The message that corrects what the room shows (`shown`); `null` if it is up to date. */
export function correctPresence(
  shown: PeerEntry,
  wanted: WantedPresence,
): PresenceSetMessage | null {
  return presenceDifference({ ...shown, call: shown.call > 0 }, wanted);
}

/** The message that changes `before` into `after`; `null` if they are equal. */
export function presenceDifference(
  before: Readonly<Record<keyof WantedPresence, unknown>>,
  after: WantedPresence,
): PresenceSetMessage | null {
  const keys = (Object.keys(after) as (keyof WantedPresence)[]).filter(
    (key) => !isSame(before[key], after[key]),
  );
  if (keys.length === 0) return null;
  return { type: 'presence.set', ...Object.fromEntries(keys.map((key) => [key, after[key]])) };
}
