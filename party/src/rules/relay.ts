// Signals from one session to one other (SG-1), and early offers to the first in the call (EN-6).
import {
  type EarlyOffer,
  type Fault,
  type SignalDelivery,
  type SignalMessage,
} from '@rtc-elements/protocol';

import { type Delivery, isReachable, type RoomBook, type SessionRecord } from './room-book.js';

export type Relayed =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly fault: Fault };

/** Stamps the sender and addresses one session. Nothing is stored; nobody else hears of it. */
export function relaySignal(book: RoomBook, from: string, signal: SignalMessage): Relayed {
  const { to, ...body } = signal;
  const addressee = book.sessions.get(to);
  if (to === from || !addressee || !isReachable(addressee)) {
    // `ref` is the addressee, as a signal has no id of its own.
    return { ok: false, fault: { code: 'peer-gone', detail: 'nobody to signal there', ref: to } };
  }
  const message: SignalDelivery = { ...body, from };
  return { ok: true, delivery: { to: [to], message } };
}

export interface HandedOffers {
  readonly takers: readonly (string | null)[];
  readonly deliveries: readonly Delivery[];
}

/**
 * Gives each offer of a newcomer to one of the first members in the call. In a call that is full
 * already for a mesh nobody takes one: the newcomer will hardly link to everybody.
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
