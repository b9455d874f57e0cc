// Applies roster messages to the list of peers, and keeps peers that outlive the roster (SG-5).
import type { PeerEntry } from '@rtc-elements/protocol';

import { NO_LINK } from './initial-state.js';
import { mapShared, patch } from './patch.js';
import type { RoomChange } from './room-change.js';
import type { Link, Peer } from './room-state.js';

type Presence = Extract<RoomChange, { type: 'presence' }>;
type Peers = readonly Peer[];

/** The peers after a full roster arrived; `own` is our session. */
export function replaceRoster(peers: Peers, entries: readonly PeerEntry[], own: string): Peers {
  const named = new Set(entries.map((entry) => entry.session));
  const after = entries
    .filter((entry) => entry.session !== own)
    .map((entry) => toPeer(find(peers, entry.session), entry));
  const lingering = peers.filter((peer) => !named.has(peer.session) && isLinked(peer)).map(linger);
  const all = [...after, ...lingering];
  const same = all.length === peers.length && all.every((peer, index) => peer === peers[index]);
  return same ? peers : all;
}

/** The peers after one delta. Anybody who joined and left within it is ignored. */
export function applyRosterDelta(peers: Peers, change: Presence, own: string): Peers {
  const gone = new Map(change.left.map((departure) => [departure.session, departure.reason]));
  const joined = change.joined.filter((entry) => entry.session !== own && !gone.has(entry.session));
  const users = new Set(joined.map((entry) => entry.user));
  let after = removed(peers, ({ session, user, lingering }) => {
    const reason = gone.get(session);
    // The same person is back in a new session, so the old one is dropped.
    if (reason === undefined) return lingering === true && users.has(user);
    return reason !== 'lost' || !isLinked(find(peers, session)) || users.has(user);
  });
  after = mapShared(after, (peer) => (gone.has(peer.session) ? linger(peer) : peer));
  for (const entry of joined) {
    const known = find(after, entry.session);
    after = known
      ? mapShared(after, (peer) => (peer === known ? toPeer(known, entry) : peer))
      : [...after, toPeer(undefined, entry)];
  }
  if (change.changed.length === 0) return after;
  const changes = new Map<string, Partial<Peer>>(
    change.changed.map((item) => [item.session, item.media ? { ...item, sent: item.media } : item]),
  );
  return mapShared(after, (peer) => patch(peer, changes.get(peer.session) ?? {}));
}

/** The peers after our link to one of them changed. A lingering peer is removed along with its link. */
export function applyLink(peers: Peers, session: string, link: Link): Peers {
  const after = mapShared(peers, (peer) =>
    peer.session === session ? patch(peer, { link }) : peer,
  );
  return removed(after, (peer) => peer.lingering === true && !isLinked(peer));
}

function toPeer(known: Peer | undefined, entry: PeerEntry): Peer {
  const update = { ...entry, sent: entry.media };
  if (!known) return { ...update, link: NO_LINK, tracks: {}, speaking: false, typing: false };
  const { lingering, ...present } = known;
  return patch<Peer>(lingering ? present : known, update);
}

const linger = (peer: Peer): Peer =>
  patch(peer, { lingering: true, state: 'reconnecting', typing: false });

const isLinked = (peer: Peer | undefined): boolean => peer?.link.status === 'connected';

const find = (peers: Peers, session: string): Peer | undefined =>
  peers.find((peer) => peer.session === session);

const removed = (peers: Peers, test: (peer: Peer) => boolean): Peers =>
  peers.some(test) ? peers.filter((peer) => !test(peer)) : peers;
