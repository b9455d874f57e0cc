// What a change means for listeners, read off the snapshots around it, so that the two cannot disagree.
import { type Departure, type Source, SOURCES } from '@rtc-elements/protocol';

import { RtcError, type RtcErrorCode } from './errors.js';
import {
  ChatMessageEvent,
  ConnectionChangeEvent,
  LeaveEvent,
  PeerJoinEvent,
  PeerLeaveEvent,
  RoomErrorEvent,
  type RoomEventMap,
  TrackEvent,
  TypingEvent,
} from './room-events.js';
import type { RoomChange } from './state/room-change.js';
import type { ChatEntry, Peer, RoomState } from './state/room-state.js';

type RoomEvent = RoomEventMap[keyof RoomEventMap];

/** Finds the live track of a peer. */
type GetTrack = (session: string, source: Source) => MediaStreamTrack | null;

/** The events of one change, in the order they are told. */
export function eventsOf(
  change: RoomChange,
  before: RoomState,
  after: RoomState,
  getTrack: GetTrack,
): RoomEvent[] {
  if (before === after) return [];
  const { connection, left, problem } = after;
  const events: RoomEvent[] = [];
  // Leaving ends everything at once; that everybody else is gone from the snapshot says nothing of them.
  if (connection !== 'closed') {
    events.push(...peerEvents(change, before.peers, after.peers, getTrack));
  }
  const message = newMessage(change, before, after);
  if (message) events.push(new ChatMessageEvent(message));
  if (before.connection !== connection) events.push(new ConnectionChangeEvent(connection));
  if (left) {
    if (problem) {
      const error = new RtcError(problem.code as RtcErrorCode, problem.message, problem);
      events.push(new RoomErrorEvent(error, true));
    }
    events.push(new LeaveEvent(left));
  }
  return events;
}

function newMessage(
  change: RoomChange,
  before: RoomState,
  after: RoomState,
): ChatEntry | undefined {
  if (change.type !== 'chat-message' || before.chat === after.chat) return undefined;
  const { seq, user } = change.message;
  // Our own line from another tab is news to the log, not to us.
  if (user === after.you?.user) return undefined;
  return after.chat.entries.find((entry) => entry.seq === seq);
}

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
  }
  return events;
}

/** Why somebody went: as the room said, or else they were lost while nobody told us. */
function departure(change: RoomChange, session: string): Departure {
  if (change.type !== 'presence') return 'lost';
  return change.left.find((item) => item.session === session)?.reason ?? 'lost';
}
