// Tells a developer who tries a room with two tabs of one browser that both are one person.
import { type CompleteOptions, isLoopback } from '../api/options.js';
import type { Room } from '../api/room-api.js';
import { logHint } from '../support/log.js';

const HINT =
  'Another tab of this browser is in the room, and both are the same person: what one writes is no news to the ' +
  'other. To try a room as two people, set identity="tab" (the option `identity`), or open a private window.';

export class OnePersonHint {
  readonly #say: (text: string) => void;
  readonly #page: string;
  #isSaid = false;

  /** `page`: the host of the page; empty outside of one. */
  constructor(say = logHint, page = globalThis.location?.hostname ?? '') {
    this.#say = say;
    this.#page = page;
  }

  /** Says it once, if the page or the room is on this machine. A token names the person, so nothing else could. */
  watch(
    room: Pick<Room, 'addEventListener' | 'getSnapshot'>,
    { url, token, tokenProvider }: Pick<CompleteOptions, 'url' | 'token' | 'tokenProvider'>,
  ): void {
    const isLocal = isLoopback(this.#page) || isLoopback(new URL(url).hostname);
    if (!isLocal || token || tokenProvider) return;
    room.addEventListener('peer-join', ({ peer: { user, state } }) => {
      // A page that was reloaded may still be here as it was before.
      if (this.#isSaid || state === 'reconnecting') return;
      if (user !== room.getSnapshot().you?.user) return;
      this.#isSaid = true;
      this.#say(HINT);
    });
  }
}
