// Dispatches the events of a room on an element.
import type { Connection, LeaveReason, Peer, Room, RoomEventMap } from '@rtc-elements/core';

import {
  RtcConnectionChangeEvent,
  RtcErrorEvent,
  RtcFileDoneEvent,
  RtcFileOfferEvent,
  RtcFileProgressEvent,
  RtcJoinEvent,
  RtcKnockEvent,
  RtcLeaveEvent,
  RtcMessageEvent,
  RtcNotifyEvent,
  RtcPeerJoinEvent,
  RtcPeerLeaveEvent,
  RtcPresenceEvent,
  RtcQualityEvent,
  RtcReadyEvent,
  RtcRoleChangeEvent,
  RtcTrackEvent,
  RtcTypingEvent,
} from '../events.js';
import type { SharedRoom } from './shared-room.js';

/** Dispatches the events of one room at a time on `target`. */
export class EventRelay {
  readonly #target: EventTarget;
  #room: Room | null = null;
  #stop: AbortController | null = null;
  /** From `rtc-join` to `rtc-leave`, of which each entry has exactly one. Another entry may follow in the same Room. */
  #isEntered = false;
  #peers: readonly Peer[] = [];
  /** The events of the current Room while the former one may still be left; `null`: nothing to wait for. */
  #held: Event[] | null = null;

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** Follows the current Room of `shared`; `null`: none. */
  follow(shared: SharedRoom | null): void {
    const room = shared?.room ?? null;
    if (room === this.#room) return;
    this.#stop?.abort();
    if (this.#room && this.#isEntered) this.#awaitLeave(this.#room);
    this.#room = room;
    if (!shared || !room) return;
    const stop = (this.#stop = new AbortController());
    const { connection, peers } = room.getSnapshot();
    this.#isEntered = connection === 'connected' || connection === 'reconnecting';
    this.#peers = peers;
    this.#listen(room, stop.signal);
    room.addEventListener(
      'notify',
      ({ notice }) => {
        if (!this.#say(new RtcNotifyEvent(notice))) shared.suppressedNotices.add(notice);
      },
      stop,
    );
    room.addEventListener(
      'file-offer',
      (event) => {
        if (!this.#say(new RtcFileOfferEvent(event.transfer))) event.preventDefault();
        // Elements that show offers are there from the first one on.
        shared.notify();
      },
      stop,
    );
    stop.signal.addEventListener(
      'abort',
      room.subscribe(() => this.#compare(room)),
    );
    this.#say(new RtcReadyEvent(room));
  }

  #listen(room: Room, signal: AbortSignal): void {
    const options = { signal };
    const pass = <Type extends keyof RoomEventMap>(
      type: Type,
      make: (event: RoomEventMap[Type]) => Event,
    ): void => room.addEventListener(type, (event) => void this.#say(make(event)), options);
    pass('peer-join', ({ peer }) => new RtcPeerJoinEvent(peer));
    pass('peer-leave', ({ peer, reason }) => new RtcPeerLeaveEvent(peer, reason));
    pass('track', ({ peer, source, track }) => new RtcTrackEvent(peer, source, track));
    pass(
      'quality',
      ({ peer, quality, reason, before }) => new RtcQualityEvent(peer, quality, reason, before),
    );
    pass('message', ({ message }) => new RtcMessageEvent(message));
    pass('typing', ({ peer, on }) => new RtcTypingEvent(peer, on));
    pass('file-progress', ({ transfer }) => new RtcFileProgressEvent(transfer));
    pass('file-done', ({ transfer, error }) => new RtcFileDoneEvent(transfer, error));
    pass('knock', ({ person }) => new RtcKnockEvent(person));
    pass('role-change', ({ role }) => new RtcRoleChangeEvent(role));
    room.addEventListener('leave', ({ reason }) => this.#onLeave(reason), options);
    pass('error', ({ error, fatal }) => new RtcErrorEvent(error, fatal));
    room.addEventListener(
      'connection-change',
      ({ connection }) => this.#onConnection(room, connection),
      options,
    );
  }

  #onConnection(room: Room, connection: Connection): void {
    this.#say(new RtcConnectionChangeEvent(connection));
    if (connection !== 'connected' || this.#isEntered) return;
    this.#isEntered = true;
    this.#say(new RtcJoinEvent(room));
  }

  #onLeave(reason: LeaveReason): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    this.#say(new RtcLeaveEvent(reason));
  }

  /**
   * A Room that the element shows no longer is left a little later, unless other elements still show it: then
   * the stay goes on, and they will dispatch its end. What the next Room has to say comes after that.
   */
  #awaitLeave(former: Room): void {
    const stop = new AbortController();
    const held = (this.#held ??= []);
    former.addEventListener(
      'leave',
      ({ reason }) => void this.#target.dispatchEvent(new RtcLeaveEvent(reason)),
      { signal: stop.signal, once: true },
    );
    const finish = (): void => {
      stop.abort();
      if (this.#held !== held) return;
      this.#held = null;
      for (const event of held) this.#target.dispatchEvent(event);
    };
    // The elements inside let go in timers that are set after the first of these, and before the second.
    setTimeout(() => setTimeout(finish, 0), 0);
  }

  /** Derives events from the snapshot that core does not dispatch. */
  #compare(room: Room): void {
    const { peers } = room.getSnapshot();
    if (peers === this.#peers) return;
    const before = new Map(this.#peers.map((peer) => [peer.session, peer]));
    this.#peers = peers;
    for (const peer of peers) {
      const was = before.get(peer.session);
      if (!was || was === peer) continue;
      if (PRESENCE.some((key) => was[key] !== peer[key])) this.#say(new RtcPresenceEvent(peer));
    }
  }

  /** Returns `false` if the page prevented the event. One that it can prevent does not wait. */
  #say(event: Event): boolean {
    if (this.#held && !event.cancelable) return this.#held.push(event) > 0;
    return this.#target.dispatchEvent(event);
  }
}

const PRESENCE = ['name', 'role', 'state', 'call', 'media', 'hand', 'meta'] as const;
