// Whether we are in the call: enters and leaves it, as was wanted last.
import type { Room } from '../api/room-api.js';
import { callLeftError, type RtcError } from '../state/errors.js';
import { NO_FLAGS } from '../state/wanted-presence.js';
import { LatestWish } from '../support/latest-wish.js';
import type { CallControl } from './call-control.js';
import type { Presence } from './presence.js';
import type { RoomContext } from './room-context.js';
import { waitFor } from './wait-for.js';

/** What entering and leaving need of the room. */
export interface CallPartHost {
  readonly room: Pick<Room, 'getSnapshot' | 'subscribe'>;
  readonly call: Pick<CallControl, 'enter' | 'close' | 'move'>;
  readonly presence: Pick<Presence, 'want' | 'wanted'>;
  readonly dispatch: RoomContext['dispatch'];
  /** Whether the room was joined, so that its roster will show us. */
  isJoined(): boolean;
  /** Why the room was left; `null`: it was not. */
  getEnd(): RtcError | null;
  /** Called when the call is wanted and can be used. */
  onEntered(): void;
}

export class CallPart {
  readonly #host: CallPartHost;
  readonly #wish = new LatestWish();
  /** The room was left before we had entered the call, as was wanted. */
  #isOwed = false;

  constructor(host: CallPartHost) {
    this.#host = host;
  }

  /** See `Room.enterCall`. */
  enter(): Promise<void> {
    const { call, presence, onEntered } = this.#host;
    return this.#wish.start('enter', async (signal) => {
      await call.enter(() => presence.want({ call: true }));
      onEntered();
      await this.#awaitRoster((number) => number > 0, signal);
    });
  }

  /** See `Room.leaveCall`. */
  async leave(): Promise<void> {
    const { call, dispatch, getEnd, presence } = this.#host;
    if (getEnd()) return;
    // Before anything is closed: whoever waits hears of the wish, rather than of what it breaks.
    const left = this.#wish.stop(callLeftError(), (signal) =>
      this.#awaitRoster((number) => number === 0, signal),
    );
    call.close(callLeftError());
    dispatch({ type: 'call-left' });
    presence.want({ call: false, media: NO_FLAGS });
    await left;
  }

  /** See `Room.moveCall`. */
  async move(engine: string): Promise<void> {
    const isWanted = this.#host.presence.wanted.call || this.#wish.isPending('enter');
    if (!isWanted) throw callLeftError();
    await this.#host.call.move(engine);
  }

  /** The room was left. */
  close(why: RtcError): void {
    this.#isOwed = this.#wish.isPending('enter');
    this.#wish.cancel(why);
  }

  /** The room is joined again. */
  open(): void {
    if (this.#isOwed) this.#host.presence.want({ call: true });
    this.#isOwed = false;
  }

  /** Waits until the roster shows our place in the call as `test` wants it. */
  async #awaitRoster(test: (number: number) => boolean, signal: AbortSignal): Promise<void> {
    const { isJoined, room, getEnd } = this.#host;
    // Once the room has heard of it: until then, it may show what is not yet undone.
    await Promise.resolve();
    if (!isJoined()) return;
    await waitFor(room, getEnd, (state) => test(state.you?.call ?? 0), signal);
  }
}
