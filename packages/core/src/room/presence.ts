// Our own presence: what the room should show, announced until it does (PR-1, PR-3).
import type { MediaFlags } from '@rtc-elements/protocol';

import { checkMeta, checkName, type CompleteOptions } from '../api/options.js';
import type { PresenceUpdate } from '../api/room-api.js';
import type { Greeting } from '../signaling/signaling-client.js';
import {
  correctPresence,
  NO_FLAGS,
  presenceDifference,
  type WantedPresence,
} from '../state/wanted-presence.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import type { RoomContext } from './room-context.js';

/** The pause before presence is announced again after a rate limit, ms. */
const RETRY_MS = 1_000;

/** Our own presence. What cannot be sent now is sent after the next welcome. */
export class Presence {
  readonly #room: Pick<RoomContext, 'clock' | 'getSnapshot' | 'send'>;
  #wanted: WantedPresence;
  /** The state set by the app, which takes precedence over page visibility. */
  #chosenState: WantedPresence['state'] | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor(
    room: Pick<RoomContext, 'clock' | 'getSnapshot' | 'send'>,
    { name, call, meta }: Pick<CompleteOptions, 'name' | 'call' | 'meta'>,
  ) {
    this.#room = room;
    this.#wanted = { name, state: 'active', call, media: NO_FLAGS, hand: false, meta, read: 0 };
  }

  get wanted(): WantedPresence {
    return this.#wanted;
  }

  /** The presence fields of `hello`. */
  get greeting(): Pick<Greeting, 'name' | 'call' | 'media' | 'meta'> {
    const { name, call, media, meta } = this.#wanted;
    return { name, call, media, ...(Object.keys(meta).length > 0 && { meta }) };
  }

  /** Updates our wanted presence and announces the change if we are in the room. */
  want(update: Partial<WantedPresence>): void {
    const call = update.call ?? this.#wanted.call;
    // A hidden page wakes up too rarely for the timeout of an active session (PR-3).
    const state = this.#chosenState ?? (isPageHidden() && !call ? 'away' : 'active');
    const wanted = { ...this.#wanted, ...update, state };
    const news = presenceDifference(this.#wanted, wanted);
    this.#wanted = wanted;
    if (news) this.#room.send(news);
  }

  /**
   * Implements `Room.setPresence()`. From then on, a `state` takes precedence over page visibility.
   * @throws RtcError `bad-name`, `protocol` for metadata that is too large.
   */
  set(update: PresenceUpdate): void {
    if (update.name !== undefined) checkName(update.name);
    if (update.meta !== undefined) checkMeta(update.meta);
    this.#chosenState = update.state ?? this.#chosenState;
    this.want(update);
  }

  /** `again`: announces the flags even if the room should have them. */
  setMediaFlags(media: MediaFlags, again?: true): void {
    this.want({ media });
    if (again) this.#room.send({ type: 'presence.set', media });
  }

  /** Announces again whatever the room does not show as wanted. */
  announce(): void {
    this.close();
    const { you } = this.#room.getSnapshot();
    const news = you && correctPresence(you, this.#wanted);
    if (news) this.#room.send(news);
  }

  /** Called after a rate limit: announces presence again after `ms`. */
  announceIn(ms = RETRY_MS): void {
    this.close();
    this.#cancelTimer = this.#room.clock.setTimer(ms, () => this.announce());
  }

  close(): void {
    this.#cancelTimer();
  }
}
