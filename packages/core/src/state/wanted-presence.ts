// What we want the room to show of us, against what it shows.
import type { MediaFlags, Meta, PeerEntry, PresenceSetMessage } from '@rtc-elements/protocol';

import { isSame } from './patch.js';

/** The whole of what a client says of itself. */
export interface WantedPresence {
  readonly name: string;
  readonly state: 'active' | 'away';
  readonly call: boolean;
  readonly media: MediaFlags;
  readonly hand: boolean;
  readonly meta: Meta;
  /** The newest line seen (CH-7). */
  readonly read: number;
}

/** Sending nothing. */
export const NO_FLAGS: MediaFlags = { microphone: false, camera: false, screen: false };

/** What is left to tell the room, that has `shown`; `null` when it is right. */
export function untold(shown: PeerEntry, wanted: WantedPresence): PresenceSetMessage | null {
  return presenceDifference({ ...shown, call: shown.call > 0 }, wanted);
}

/** The message that turns one into the other; `null` when they are the same. */
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
