// Every event that the elements dispatch: real Event classes with plain fields, bubbling and composed.
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
} from '@rtc-elements/core';
import type { Departure, NotifyMessage, Role, Source, WaitingPerson } from '@rtc-elements/protocol';

import type { RequestOutcome, RtcAction } from './session/requests.js';

/** What all of them have in common: they leave shadow roots, so a page can listen anywhere above. */
abstract class RtcEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/** The room object exists: `client` is set, devices can be used, nothing is joined yet. */
export class RtcReadyEvent extends RtcEvent {
  constructor(readonly client: Room) {
    super('rtc-ready');
  }
}

/** We are in. */
export class RtcJoinEvent extends RtcEvent {
  constructor(readonly client: Room) {
    super('rtc-join');
  }
}

/** We are out, by whom ever. */
export class RtcLeaveEvent extends RtcEvent {
  constructor(readonly reason: LeaveReason) {
    super('rtc-leave');
  }
}

/** Something failed. `fatal`: the room is closed by it; `action` names what can be done, if anything. */
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

/** Somebody is here now. */
export class RtcPeerJoinEvent extends RtcEvent {
  constructor(readonly peer: Peer) {
    super('rtc-peer-join');
  }
}

/** Somebody went, as they were last seen. */
export class RtcPeerLeaveEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    readonly reason: Departure,
  ) {
    super('rtc-peer-leave');
  }
}

/** A track of a peer came, or went (`track` is null). */
export class RtcTrackEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    readonly source: Source,
    readonly track: MediaStreamTrack | null,
  ) {
    super('rtc-track');
  }
}

/** A chat line of somebody else arrived live. */
export class RtcMessageEvent extends RtcEvent {
  constructor(readonly message: ChatEntry) {
    super('rtc-message');
  }
}

/** Somebody began or stopped typing. */
export class RtcTypingEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    readonly on: boolean,
  ) {
    super('rtc-typing');
  }
}

/** Somebody's name, media, hand or state changed. */
export class RtcPresenceEvent extends RtcEvent {
  constructor(readonly peer: Peer) {
    super('rtc-presence');
  }
}

/** The quality of our link to a peer changed, or what it suffers from. */
export class RtcQualityEvent extends RtcEvent {
  constructor(
    readonly peer: Peer,
    /** `null`: not known now, as the link is down. */
    readonly quality: Quality | null,
    /** `network`: our line. `cpu`: this device. `far-end`: their side. `null`: it is good, or not known. */
    readonly reason: QualityReason | null,
    readonly before: Quality | null,
  ) {
    super('rtc-quality');
  }
}

/** Our connection to the room changed. */
export class RtcConnectionChangeEvent extends RtcEvent {
  constructor(readonly connection: Connection) {
    super('rtc-connection-change');
  }
}

/** Somebody asks to come in; only hosts are told. */
export class RtcKnockEvent extends RtcEvent {
  constructor(readonly person: WaitingPerson) {
    super('rtc-knock');
  }
}

/** We may do more now, or less. */
export class RtcRoleChangeEvent extends RtcEvent {
  constructor(readonly role: Role) {
    super('rtc-role-change');
  }
}

/** The page's backend tells us something; `preventDefault()` keeps it from being shown. */
export class RtcNotifyEvent extends RtcEvent {
  constructor(readonly notice: NotifyMessage) {
    super('rtc-notify', true);
  }
}

/** How many lines of others were not seen yet has changed: for a badge. */
export class RtcUnreadEvent extends RtcEvent {
  constructor(readonly unread: number) {
    super('rtc-unread');
  }
}

/** A line is about to be sent; `preventDefault()` keeps it back, and `text` can be changed. */
export class RtcBeforeSendEvent extends RtcEvent {
  constructor(public text: string) {
    super('rtc-before-send', true);
  }
}

/**
 * An element asks for something to be done; `preventDefault()` stops it. Any element may send one: the
 * nearest `rtc-*` element around it that has a room carries it out.
 */
export class RtcRequestEvent extends RtcEvent {
  /** How it ended, once an element has taken it on; never rejects. `null` where none has. */
  result: Promise<RequestOutcome> | null = null;

  constructor(readonly action: RtcAction) {
    super('rtc-request', true);
  }
}

declare global {
  interface HTMLElementEventMap {
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
    'rtc-unread': RtcUnreadEvent;
    'rtc-before-send': RtcBeforeSendEvent;
    'rtc-request': RtcRequestEvent;
  }
}
