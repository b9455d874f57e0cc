// Dispatches the events of a room on an element.
import type { Connection, Peer, Room, RoomEventMap } from '@rtc-elements/core';

import {
  RtcConnectionChangeEvent,
  RtcErrorEvent,
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
  #hasJoined = false;
  #peers: readonly Peer[] = [];

  constructor(target: EventTarget) {
    this.#target = target;
  }

  /** Follows the current Room of `shared`; `null`: none. */
  follow(shared: SharedRoom | null): void {
    const room = shared?.room ?? null;
    if (room === this.#room) return;
    this.#stop?.abort();
    this.#room = room;
    if (!shared || !room) return;
    const stop = (this.#stop = new AbortController());
    const { connection, peers } = room.getSnapshot();
    this.#hasJoined = connection === 'connected' || connection === 'reconnecting';
    this.#peers = peers;
    this.#listen(room, stop.signal);
    room.addEventListener(
      'notify',
      ({ notice }) => {
        if (!this.#say(new RtcNotifyEvent(notice))) shared.suppressedNotices.add(notice);
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
    pass('knock', ({ person }) => new RtcKnockEvent(person));
    pass('role-change', ({ role }) => new RtcRoleChangeEvent(role));
    pass('leave', ({ reason }) => new RtcLeaveEvent(reason));
    pass('error', ({ error, fatal }) => new RtcErrorEvent(error, fatal));
    room.addEventListener(
      'connection-change',
      ({ connection }) => this.#onConnection(room, connection),
      options,
    );
  }

  #onConnection(room: Room, connection: Connection): void {
    this.#say(new RtcConnectionChangeEvent(connection));
    if (connection !== 'connected' || this.#hasJoined) return;
    this.#hasJoined = true;
    this.#say(new RtcJoinEvent(room));
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

  /** Returns `false` if the page prevented the event. */
  #say(event: Event): boolean {
    return this.#target.dispatchEvent(event);
  }
}

const PRESENCE = ['name', 'role', 'state', 'call', 'media', 'hand', 'meta'] as const;
