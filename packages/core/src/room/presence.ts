// Our own presence: what the room should show, announced until it does (PR-1, PR-3).
import type { MediaFlags } from '@rtc-elements/protocol';

import { checkMeta, checkName, type CompleteOptions } from '../api/options.js';
import type { PresenceUpdate } from '../api/room-api.js';
import { SendRate } from '../signaling/send-rate.js';
import type { Greeting } from '../signaling/signaling-handlers.js';
import {
  correctPresence,
  NO_FLAGS,
  presenceDifference,
  type WantedPresence,
} from '../state/wanted-presence.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import type { RoomContext } from './room-context.js';

/**
 * How often others are told, whatever a page does: nobody sees more of a hand or a status. A burst, as of
 * somebody who enters and opens devices, is told at once.
 */
const CHANGES = { perSecond: 5, burst: 10 };

/** The pause before presence is announced again after a rate limit, ms. */
const RETRY_MS = 1_000;

/** Our own presence. What cannot be sent now is sent after the next welcome. */
export class Presence {
  readonly #room: Pick<RoomContext, 'clock' | 'getSnapshot' | 'send' | 'sendRate'>;
  readonly #rate: SendRate;
  #wanted: WantedPresence;
  /** The state set by the app, which takes precedence over page visibility. */
  #chosenState: WantedPresence['state'] | null = null;
  /** What the room was told last. */
  #told: WantedPresence;
  #cancelTimer: () => void = () => undefined;
  /** Ends the wait for the next time that we may tell; `null`: there is nothing to wait for. */
  #cancelTurn: (() => void) | null = null;

  constructor(
    room: Pick<RoomContext, 'clock' | 'getSnapshot' | 'send' | 'sendRate'>,
    { name, call, meta }: Pick<CompleteOptions, 'name' | 'call' | 'meta'>,
  ) {
    this.#room = room;
    this.#rate = new SendRate(room.clock, CHANGES);
    this.#wanted = { name, state: 'active', call, media: NO_FLAGS, hand: false, meta, read: 0 };
    this.#told = this.#wanted;
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
    this.#wanted = { ...this.#wanted, ...update, state };
    if (this.#cancelTurn === null) this.#tell();
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
    this.#told = this.#wanted;
    if (news) this.#room.send(news);
  }

  /** Forgets what belonged to a stay that has ended: the hand, and how far we had read. */
  reset(): void {
    this.#wanted = { ...this.#wanted, media: NO_FLAGS, hand: false, read: 0 };
    this.#told = this.#wanted;
  }

  /** Called after a rate limit: announces presence again after `ms`. */
  announceIn(ms = RETRY_MS): void {
    this.close();
    this.#cancelTimer = this.#room.clock.setTimer(ms, () => this.announce());
  }

  close(): void {
    this.#cancelTimer();
    this.#cancelTurn?.();
    this.#cancelTurn = null;
  }

  /** Tells what has changed, now or as soon as it may: by then, only what it has become. */
  #tell(): void {
    this.#cancelTurn = null;
    const news = presenceDifference(this.#told, this.#wanted);
    if (!news) return;
    const waitMs = this.#rate.take() || this.#room.sendRate.take();
    if (waitMs > 0) {
      this.#cancelTurn = this.#room.clock.setTimer(waitMs, () => this.#tell());
      return;
    }
    this.#told = this.#wanted;
    this.#room.send(news);
  }
}
