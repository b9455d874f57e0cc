// What was asked of a room and waits for its element. Leaving ends it, also before there is a room to leave.
import { RtcError } from '@rtc-elements/core';

export class PendingJoin {
  #controller = new AbortController();
  #hasEnded = false;

  /**
   * Resolves once `ready` has, in the order of the calls. `stops`: what waits stops something, so leaving does not end it.
   * @throws RtcError `aborted` if the room is left meanwhile.
   */
  async wait(ready: Promise<unknown>, stops = false): Promise<void> {
    const { signal } = this.#controller;
    await ready;
    if (!stops) signal.throwIfAborted();
  }

  /** `hasRoom`: whether there is a room to leave, so that nothing joins it later without being asked. */
  end(hasRoom: boolean): void {
    this.#controller.abort(new RtcError('aborted', 'The room was left before this was done.'));
    this.#controller = new AbortController();
    this.#hasEnded = !hasRoom;
  }

  /** Whether it ended before there was a room; only the first call says so. */
  takeEarlyEnd(): boolean {
    const hasEnded = this.#hasEnded;
    this.#hasEnded = false;
    return hasEnded;
  }
}
