// What the room passes on and does not keep: signals (SG-1), early offers (EN-6) and typing (CH-6).
import {
  type EarlyOffer,
  encode,
  type Fault,
  type SignalDelivery,
  type SignalMessage,
} from '@rtc-elements/protocol';

import { fitsFrame } from './pages.js';
import {
  type Delivery,
  isReachable,
  listeners,
  type RoomBook,
  type SessionRecord,
} from './room-book.js';

export type Relayed =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly fault: Fault };

/** Stamps the sender on a signal and addresses it to one session. */
export function relaySignal(book: RoomBook, from: string, signal: SignalMessage): Relayed {
  const { to, ...body } = signal;
  const addressee = book.sessions.get(to);
  if (to === from || !addressee || !isReachable(addressee)) {
    // A signal has no id of its own, so `ref` is the addressee.
    return { ok: false, fault: { code: 'peer-gone', detail: 'nobody to signal there', ref: to } };
  }
  const message: SignalDelivery = { ...body, from };
  // A frame of the very last size grows by the longer key, and by numbers that JSON can write shorter.
  if (!fitsFrame(encode(message))) {
    return { ok: false, fault: { code: 'too-big', detail: 'too big to pass on', ref: to } };
  }
  return { ok: true, delivery: { to: [to], message } };
}

/** Typing is sent to everybody else. */
export const relayTyping = (book: RoomBook, from: string, on: boolean): Delivery => ({
  to: listeners(book, from),
  message: { type: 'typing', from, on },
});

export interface HandedOffers {
  /** The session that got each offer; `null` if none did. */
  readonly takers: readonly (string | null)[];
  readonly deliveries: readonly Delivery[];
}

/**
 * Gives each offer of a newcomer to one of the members longest in the call. If the call already fills
 * a mesh, nobody gets one, as the newcomer is unlikely to link to everybody.
 */
export function handOutOffers(
  book: RoomBook,
  newcomer: SessionRecord,
  offers: readonly EarlyOffer[],
  meshMembers: number,
): HandedOffers {
  const from = newcomer.session;
  const inCall = [...book.sessions.values()]
    .filter((record) => record.session !== from && record.call > 0 && isReachable(record))
    .sort((a, b) => a.call - b.call);
  const canLink = newcomer.call > 0 && inCall.length < meshMembers;
  const takers = offers.map((_, index) => (canLink ? (inCall[index]?.session ?? null) : null));
  const deliveries = offers.flatMap((offer, index): Delivery[] => {
    const to = takers[index];
    if (!to) return [];
    const { description, sources } = offer;
    return [{ to: [to], message: { type: 'signal', from, epoch: 1, n: 0, description, sources } }];
  });
  return { takers, deliveries };
}
