// Derives events from the snapshots before and after a change, so that the two always agree.
import { type Departure, type Source, SOURCES } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import { newProblems } from '../state/problems.js';
import {
  ChatMessageEvent,
  ConnectionChangeEvent,
  LeaveEvent,
  MessageRevisedEvent,
  PeerJoinEvent,
  PeerLeaveEvent,
  QualityEvent,
  RoleChangeEvent,
  RoomErrorEvent,
  type RoomEventMap,
  StateChangeEvent,
  TrackEvent,
  TypingEvent,
} from '../api/room-events.js';
import { applyValues } from '../shared-state/rules/apply-values.js';
import type { RoomChange } from '../state/room-change.js';
import type { ChatEntry, Peer, RoomState } from '../state/room-state.js';

type RoomEvent = RoomEventMap[keyof RoomEventMap];

/** Returns a peer's live track, or `null`. */
type GetTrack = (session: string, source: Source) => MediaStreamTrack | null;

/** The events of one change, in the order in which they are dispatched. */
export function deriveEvents(
  change: RoomChange,
  before: RoomState,
  after: RoomState,
  getTrack: GetTrack,
): RoomEvent[] {
  if (before === after) return [];
  const { connection, left } = after;
  const events: RoomEvent[] = [];
  // Leaving clears the peers from the snapshot; that does not mean that they left.
  if (connection !== 'closed') {
    events.push(...peerEvents(change, before.peers, after.peers, getTrack));
  }
  events.push(...messageEvents(change, before, after));
  if (change.type === 'shared-state') {
    const { news } = applyValues(before.sharedState, change);
    if (news.length > 0) events.push(new StateChangeEvent(news));
  }
  if (before.you && after.you && before.you.role !== after.you.role) {
    events.push(new RoleChangeEvent(after.you.role));
  }
  if (before.connection !== connection) events.push(new ConnectionChangeEvent(connection));
  for (const problem of newProblems(before, after)) {
    // It is an event as soon as a server refuses; in the snapshot it turns out to last.
    if (problem.code === 'turn-refused') continue;
    const error = new RtcError(problem.code, problem.message, problem);
    events.push(new RoomErrorEvent(error, problem === after.problem && left !== null));
  }
  // Who was refused, or went before the room let them in, has not left it.
  if (left && !before.left && after.you) events.push(new LeaveEvent(left));
  return events;
}

function messageEvents(change: RoomChange, before: RoomState, after: RoomState): RoomEvent[] {
  if (change.type === 'welcomed') return before.you ? missedMessages(before, after) : [];
  if (change.type !== 'chat-message') return [];
  const { seq, user } = change.message;
  const find = ({ chat }: RoomState): ChatEntry | undefined =>
    chat.entries.find((entry) => entry.seq === seq);
  const [old, now] = [find(before), find(after)];
  if (!now || old === now) return [];
  if (old) return [new MessageRevisedEvent(now)];
  // Our own message from another tab belongs in the log but is not announced as new.
  return user === after.you?.user ? [] : [new ChatMessageEvent(now)];
}

/** What others wrote while we could not reach the room, as far as the welcome has it. */
const missedMessages = ({ chat }: RoomState, after: RoomState): RoomEvent[] =>
  after.chat.entries
    .filter(({ seq, user }) => seq !== null && seq > chat.lastSeq && user !== after.you?.user)
    .map((entry) => new ChatMessageEvent(entry));

function peerEvents(
  change: RoomChange,
  before: readonly Peer[],
  after: readonly Peer[],
  getTrack: GetTrack,
): RoomEvent[] {
  if (before === after) return [];
  const events: RoomEvent[] = [];
  const compareTracks = (old: Peer['tracks'], peer: Peer, now: Peer['tracks']): void => {
    for (const source of SOURCES) {
      if (now[source] === old[source]) continue;
      const track = now[source] ? getTrack(peer.session, source) : null;
      events.push(new TrackEvent(peer, source, track));
    }
  };
  for (const peer of before) {
    if (after.some(({ session }) => session === peer.session)) continue;
    compareTracks(peer.tracks, peer, {});
    events.push(new PeerLeaveEvent(peer, departure(change, peer.session)));
  }
  for (const peer of after) {
    const old = before.find(({ session }) => session === peer.session);
    if (!old) events.push(new PeerJoinEvent(peer));
    if ((old?.typing ?? false) !== peer.typing) events.push(new TypingEvent(peer, peer.typing));
    compareTracks(old?.tracks ?? {}, peer, peer.tracks);
    const { quality, reason } = peer.link;
    if (old && (old.link.quality !== quality || old.link.reason !== reason)) {
      events.push(new QualityEvent(peer, quality, reason, old.link.quality));
    }
  }
  return events;
}

/** Why somebody left: the reason given by the room, or `lost` if there is none. */
function departure(change: RoomChange, session: string): Departure {
  if (change.type !== 'presence') return 'lost';
  return change.left.find((item) => item.session === session)?.reason ?? 'lost';
}
