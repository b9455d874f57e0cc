// The events that a Room dispatches. Most are derived from a change of the snapshot, so the two cannot disagree.
import type {
  Departure,
  NotifyMessage,
  Role,
  Source,
  StateEntry,
  WaitingPerson,
} from '@rtc-elements/protocol';

import type { FileDoneEvent, FileOfferEvent, FileProgressEvent } from './files-api.js';
import type { RtcError } from '../state/errors.js';
import type {
  ChatEntry,
  Connection,
  LeaveReason,
  Peer,
  Quality,
  QualityReason,
} from '../state/room-state.js';

/** Somebody joined. */
export class PeerJoinEvent extends Event {
  constructor(readonly peer: Peer) {
    super('peer-join');
  }
}

/** Somebody left. `peer` is their last known state. */
export class PeerLeaveEvent extends Event {
  constructor(
    readonly peer: Peer,
    readonly reason: Departure,
  ) {
    super('peer-leave');
  }
}

/**
 * A message from somebody else arrived: live, or once the room could be reached again. Not dispatched for what was
 * said before we came, nor for what `chat.history()` brings.
 */
export class ChatMessageEvent extends Event {
  constructor(readonly message: ChatEntry) {
    super('message');
  }
}

/** A message in the snapshot was edited, deleted or reacted to, by anybody. */
export class MessageRevisedEvent extends Event {
  constructor(readonly message: ChatEntry) {
    super('message-revised');
  }
}

/** A peer started or stopped typing. */
export class TypingEvent extends Event {
  constructor(
    readonly peer: Peer,
    readonly on: boolean,
  ) {
    super('typing');
  }
}

/** A track of a peer was added or removed. */
export class TrackEvent extends Event {
  constructor(
    readonly peer: Peer,
    readonly source: Source,
    /** `null`: the track was removed. */
    readonly track: MediaStreamTrack | null,
  ) {
    super('track');
  }
}

/** The quality of our link to a peer changed, or the reason for it. */
export class QualityEvent extends Event {
  constructor(
    readonly peer: Peer,
    /** `null`: unknown, because the link is down. */
    readonly quality: Quality | null,
    /** `null`: the quality is good or unknown. */
    readonly reason: QualityReason | null,
    readonly before: Quality | null,
  ) {
    super('quality');
  }
}

/** The state of our connection to the room changed. */
export class ConnectionChangeEvent extends Event {
  constructor(readonly connection: Connection) {
    super('connection-change');
  }
}

/** Our role changed, and with it what we may do. */
export class RoleChangeEvent extends Event {
  constructor(readonly role: Role) {
    super('role-change');
  }
}

/** Shared values were set or deleted. A deleted entry has the value `null`. */
export class StateChangeEvent extends Event {
  constructor(readonly entries: readonly StateEntry[]) {
    super('state-change');
  }
}

/** The backend sent a notice (NO-1). */
export class NotifyEvent extends Event {
  constructor(readonly notice: NotifyMessage) {
    super('notify');
  }
}

/** Somebody in the waiting room asks to join. Dispatched only if we may moderate (MO-3). */
export class KnockEvent extends Event {
  constructor(readonly person: WaitingPerson) {
    super('knock');
  }
}

/** We left the room, or the room ended our stay: once for each stay, never for one that has not begun. */
export class LeaveEvent extends Event {
  constructor(readonly reason: LeaveReason) {
    super('leave');
  }
}

/**
 * Something is wrong: a problem appeared in the snapshot, or something failed that no caller was waiting for. Each is
 * told once, until it is over or is tried again. If `fatal`, it closed the room.
 */
export class RoomErrorEvent extends Event {
  constructor(
    readonly error: RtcError,
    readonly fatal: boolean,
  ) {
    super('error');
  }
}

/**
 * The audio level of everybody, ourselves included: 0 to 1, by session. Dispatched ten times a second
 * while audio flows.
 */
export class LevelsEvent extends Event {
  constructor(readonly levels: ReadonlyMap<string, number>) {
    super('levels');
  }
}

/** The events of a `Room`, by type. */
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
  'file-offer': FileOfferEvent;
  'file-progress': FileProgressEvent;
  'file-done': FileDoneEvent;
}
