// The events that the elements dispatch: subclasses of Event with plain fields, which bubble and are
// composed.
import type {
  ChatEntry,
  Connection,
  LeaveReason,
  Peer,
  Quality,
  QualityReason,
  Room,
  RtcError,
  RtcErrorCode,
  Transfer,
} from '@rtc-elements/core';
import type { Departure, NotifyMessage, Role, Source, WaitingPerson } from '@rtc-elements/protocol';

import { failed, noRoomError } from './session/requests/outcome.js';
import type { RequestName, RequestOutcome, RtcAction } from './session/requests/request-map.js';

/** The base class. The events cross shadow boundaries, so a page can listen on any ancestor. */
abstract class RtcEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/**
 * The room object exists: `client` is set and devices can be used. The room has not been joined yet.
 */
export class RtcReadyEvent extends RtcEvent {
  constructor(readonly client: Room) {
    super('rtc-ready');
  }
}

/** The room was joined. */
export class RtcJoinEvent extends RtcEvent {
  constructor(readonly client: Room) {
    super('rtc-join');
  }
}

/**
 * The room was left, whoever ended the stay: once for each entry. Who was refused, or went before the room let
 * them in, has not left it. It goes on while another element of the page shows the room.
 */
export class RtcLeaveEvent extends RtcEvent {
  constructor(readonly reason: LeaveReason) {
    super('rtc-leave');
  }
}

/** Something failed. `fatal`: it closed the room. `action`: what the person can do, if anything. */
export class RtcErrorEvent extends RtcEvent {
  readonly code: RtcErrorCode;
  readonly message: string;
  readonly action: 'retry' | null;

  constructor(
    readonly error: RtcError,
    readonly fatal: boolean,
  ) {
    super('rtc-error');
    this.code = error.code;
    this.message = error.message;
    this.action = error.retryable ? 'retry' : null;
  }
}

/** A peer joined. */
export class RtcPeerJoinEvent extends RtcEvent {
  constructor(readonly peer: Peer) {
    super('rtc-peer-join');
  }
}

/** A peer left. `peer` is as it was last seen. */
export class RtcPeerLeaveEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    readonly reason: Departure,
  ) {
    super('rtc-peer-leave');
  }
}

/** A track of a peer started, or ended (`track` is null). */
export class RtcTrackEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    readonly source: Source,
    readonly track: MediaStreamTrack | null,
  ) {
    super('rtc-track');
  }
}

/** A new chat message of somebody else arrived. */
export class RtcMessageEvent extends RtcEvent {
  constructor(readonly message: ChatEntry) {
    super('rtc-message');
  }
}

/** A peer started or stopped typing. */
export class RtcTypingEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    readonly on: boolean,
  ) {
    super('rtc-typing');
  }
}

/** The name, media, hand or state of a peer changed. */
export class RtcPresenceEvent extends RtcEvent {
  constructor(readonly peer: Peer) {
    super('rtc-presence');
  }
}

/** The quality of the link to a peer changed, or the reason for it. */
export class RtcQualityEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    /** `null` while the link is down. */
    readonly quality: Quality | null,
    /**
     * `network`: the local network. `cpu`: this device. `far-end`: the peer's side. `null`: good, or
     * unknown.
     */
    readonly reason: QualityReason | null,
    readonly before: Quality | null,
  ) {
    super('rtc-quality');
  }
}

/** The connection to the room changed. */
export class RtcConnectionChangeEvent extends RtcEvent {
  constructor(readonly connection: Connection) {
    super('rtc-connection-change');
  }
}

/** Somebody asks to join; only hosts get it. */
export class RtcKnockEvent extends RtcEvent {
  constructor(readonly person: WaitingPerson) {
    super('rtc-knock');
  }
}

/** The local user's role changed. */
export class RtcRoleChangeEvent extends RtcEvent {
  constructor(readonly role: Role) {
    super('rtc-role-change');
  }
}

/** The backend sent a notice. `preventDefault()` suppresses the toast. */
export class RtcNotifyEvent extends RtcEvent {
  constructor(readonly notice: NotifyMessage) {
    super('rtc-notify', true);
  }
}

/** Somebody offers files. `preventDefault()`: the page takes care of it, and no element shows the offer. */
export class RtcFileOfferEvent extends RtcEvent {
  constructor(readonly transfer: Transfer) {
    super('rtc-file-offer', true);
  }
}

/** Files have moved on: ten times a second at most. */
export class RtcFileProgressEvent extends RtcEvent {
  constructor(readonly transfer: Transfer) {
    super('rtc-file-progress');
  }
}

/** A transfer of files has ended. `error`: why it was not done, if so. */
export class RtcFileDoneEvent extends RtcEvent {
  constructor(
    readonly transfer: Transfer,
    readonly error: RtcError | null,
  ) {
    super('rtc-file-done');
  }
}

/** The number of unread messages of others changed. */
export class RtcUnreadEvent extends RtcEvent {
  constructor(readonly unread: number) {
    super('rtc-unread');
  }
}

/** A message is about to be sent. `preventDefault()` stops it; `text` can be changed. */
export class RtcBeforeSendEvent extends RtcEvent {
  constructor(public text: string) {
    super('rtc-before-send', true);
  }
}

/**
 * A request to the room; `preventDefault()` stops it. Any element may dispatch one. The nearest enclosing
 * `rtc-*` element that has a room carries it out, or the `<rtc-room>` that the element names in `for`.
 */
export class RtcRequestEvent<Name extends RequestName = RequestName> extends RtcEvent {
  readonly action: RtcAction<Name>;
  /**
   * What becomes of the request, as a promise that never rejects. Read it after the event was dispatched:
   * unless somebody answers then, it resolves with the error `not-found`.
   */
  result: Promise<RequestOutcome<Name>> = Promise.resolve(failed(noRoomError()));

  constructor(action: RtcAction<Name> & { readonly do: Name }) {
    super('rtc-request', true);
    this.action = action;
  }
}

/**
 * Every event of the elements, by name. Its class comes from here alone: for listeners, for the custom elements
 * manifest, and for the types of frameworks that are made from that.
 */
export interface RtcEventMap {
  'rtc-ready': RtcReadyEvent;
  'rtc-join': RtcJoinEvent;
  'rtc-leave': RtcLeaveEvent;
  'rtc-error': RtcErrorEvent;
  'rtc-peer-join': RtcPeerJoinEvent;
  'rtc-peer-leave': RtcPeerLeaveEvent;
  'rtc-track': RtcTrackEvent;
  'rtc-message': RtcMessageEvent;
  'rtc-typing': RtcTypingEvent;
  'rtc-presence': RtcPresenceEvent;
  'rtc-quality': RtcQualityEvent;
  'rtc-connection-change': RtcConnectionChangeEvent;
  'rtc-knock': RtcKnockEvent;
  'rtc-role-change': RtcRoleChangeEvent;
  'rtc-notify': RtcNotifyEvent;
  'rtc-file-offer': RtcFileOfferEvent;
  'rtc-file-progress': RtcFileProgressEvent;
  'rtc-file-done': RtcFileDoneEvent;
  'rtc-unread': RtcUnreadEvent;
  'rtc-before-send': RtcBeforeSendEvent;
  'rtc-request': RtcRequestEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends RtcEventMap {}
}
