// What a Room dispatches. Most events are derived from a change of the snapshot, so the two cannot disagree.
import type {
  Departure,
  NotifyMessage,
  Role,
  Source,
  StateEntry,
  WaitingPerson,
} from '@rtc-elements/protocol';

import type { RtcError } from '../state/errors.js';
import type {
  ChatEntry,
  Connection,
  LeaveReason,
  Peer,
  Quality,
  QualityReason,
} from '../state/room-state.js';

/** Somebody is here now. */
export class PeerJoinEvent extends Event {
  constructor(readonly peer: Peer) {
    super('peer-join');
  }
}

/** Somebody went, as they were last seen. */
export class PeerLeaveEvent extends Event {
  constructor(
    readonly peer: Peer,
    readonly reason: Departure,
  ) {
    super('peer-leave');
  }
}

/** A message of somebody else arrived live. Not dispatched for history. */
export class ChatMessageEvent extends Event {
  constructor(readonly message: ChatEntry) {
    super('message');
  }
}

/** A message that is shown was edited, deleted or reacted to, whoever did it. */
export class MessageRevisedEvent extends Event {
  constructor(readonly message: ChatEntry) {
    super('message-revised');
  }
}

/** Who is typing has changed. */
export class TypingEvent extends Event {
  constructor(
    readonly peer: Peer,
    readonly on: boolean,
  ) {
    super('typing');
  }
}

/** A track of a peer came or went. */
export class TrackEvent extends Event {
  constructor(
    readonly peer: Peer,
    readonly source: Source,
    /** `null`: it went. */
    readonly track: MediaStreamTrack | null,
  ) {
    super('track');
  }
}

/** The quality of our link to a peer changed, or what it suffers from. */
export class QualityEvent extends Event {
  constructor(
    readonly peer: Peer,
    /** `null`: not known now, as the link is down. */
    readonly quality: Quality | null,
    /** `null`: it is good, or not known. */
    readonly reason: QualityReason | null,
    readonly before: Quality | null,
  ) {
    super('quality');
  }
}

export class ConnectionChangeEvent extends Event {
  constructor(readonly connection: Connection) {
    super('connection-change');
  }
}

/** We may do more now, or less. */
export class RoleChangeEvent extends Event {
  constructor(readonly role: Role) {
    super('role-change');
  }
}

/** Shared values are new; one whose value is `null` was taken away. */
export class StateChangeEvent extends Event {
  constructor(readonly entries: readonly StateEntry[]) {
    super('state-change');
  }
}

/** The backend tells us something (NO-1). */
export class NotifyEvent extends Event {
  constructor(readonly notice: NotifyMessage) {
    super('notify');
  }
}

/** Somebody asks to be let in; only who may moderate is told (MO-3). */
export class KnockEvent extends Event {
  constructor(readonly person: WaitingPerson) {
    super('knock');
  }
}

/** The room was left, whoever ended it. */
export class LeaveEvent extends Event {
  constructor(readonly reason: LeaveReason) {
    super('leave');
  }
}

/** Something failed that the caller did not await; `fatal`: the room is closed by it. */
export class RoomErrorEvent extends Event {
  constructor(
    readonly error: RtcError,
    readonly fatal: boolean,
  ) {
    super('error');
  }
}

/** How loud everybody is, 0 to 1 by session, ourselves included; ten times a second while audio flows. */
export class LevelsEvent extends Event {
  constructor(readonly levels: ReadonlyMap<string, number>) {
    super('levels');
  }
}

export interface RoomEventMap {
  'peer-join': PeerJoinEvent;
  'peer-leave': PeerLeaveEvent;
  message: ChatMessageEvent;
  'message-revised': MessageRevisedEvent;
  typing: TypingEvent;
  track: TrackEvent;
  quality: QualityEvent;
  'connection-change': ConnectionChangeEvent;
  'role-change': RoleChangeEvent;
  'state-change': StateChangeEvent;
  notify: NotifyEvent;
  knock: KnockEvent;
  leave: LeaveEvent;
  error: RoomErrorEvent;
  levels: LevelsEvent;
}
