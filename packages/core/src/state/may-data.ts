// Who may send data to others (DA-2).
import type { PeerEntry } from '@rtc-elements/protocol';

/** Whoever may send media, or set the shared state. */
export const mayData = ({ role, can }: Pick<PeerEntry, 'role' | 'can'>): boolean =>
  can ? can.includes('media') || can.includes('state') : role !== 'listener';
