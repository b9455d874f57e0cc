// What we want the room to show of us, and telling it until it does (PR-1, PR-3).
import type { MediaFlags } from '@rtc-elements/protocol';

import { checkMeta, checkName, type CompleteOptions } from '../api/options.js';
import type { PresenceUpdate } from '../api/room-api.js';
import type { Greeting } from '../signaling/signaling-client.js';
import {
  NO_FLAGS,
  presenceDifference,
  untold,
  type WantedPresence,
} from '../state/wanted-presence.js';
import { isPageHidden } from '../support/is-page-hidden.js';
import type { RoomContext } from './room-context.js';

/** The pause before presence is told again when the room had too much of it, ms. */
const RETELL_MS = 1_000;

/** Our own presence. What cannot be told now is told after the next welcome. */
export class Presence {
  readonly #room: Pick<RoomContext, 'clock' | 'getSnapshot' | 'send'>;
  #wanted: WantedPresence;
  /** What the app chose, which wins over whether the page is shown. */
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

  /** What `hello` says of us. */
  get greeting(): Pick<Greeting, 'name' | 'call' | 'media' | 'meta'> {
    const { name, call, media, meta } = this.#wanted;
    return { name, call, media, ...(Object.keys(meta).length > 0 && { meta }) };
  }

  /** Remembers what we want to be, and tells the room if it can be told now. */
  want(update: Partial<WantedPresence>): void {
    const call = update.call ?? this.#wanted.call;
    // A hidden page wakes too seldom for the room's patience with an active one (PR-3).
    const state = this.#chosenState ?? (isPageHidden() && !call ? 'away' : 'active');
    const wanted = { ...this.#wanted, ...update, state };
    const news = presenceDifference(this.#wanted, wanted);
    this.#wanted = wanted;
    if (news) this.#room.send(news);
  }

  /**
   * As of `Room.setPresence()`. A `state` wins from now on over whether the page is shown.
   * @throws RtcError `bad-name`, `protocol` for metadata that is too large.
   */
  set(update: PresenceUpdate): void {
    if (update.name !== undefined) checkName(update.name);
    if (update.meta !== undefined) checkMeta(update.meta);
    this.#chosenState = update.state ?? this.#chosenState;
    this.want(update);
  }

  /** `again`: tells the room even if it should know. */
  setMediaFlags(media: MediaFlags, again?: true): void {
    this.want({ media });
    if (again) this.#room.send({ type: 'presence.set', media });
  }

  /** Tells the room again whatever it does not show as we want it. */
  retell(): void {
    this.close();
    const { you } = this.#room.getSnapshot();
    const news = you && untold(you, this.#wanted);
    if (news) this.#room.send(news);
  }

  /** The room heard too much: tells it again after `ms`. */
  retellIn(ms = RETELL_MS): void {
    this.close();
    this.#cancelTimer = this.#room.clock.setTimer(ms, () => this.retell());
  }

  close(): void {
    this.#cancelTimer();
  }
}
