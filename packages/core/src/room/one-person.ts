// Tells a developer who tries a room with two tabs of one browser that both are one person.
import { type CompleteOptions, isLoopback } from '../api/options.js';
import type { Room } from '../api/room-api.js';
import { logHint } from '../support/log.js';

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
      // If its words cannot be loaded, the next one who comes is the occasion.
      import('./one-person-hint.js').then(
        ({ ONE_PERSON_HINT }) => this.#say(ONE_PERSON_HINT),
        () => (this.#isSaid = false),
      );
    });
  }
}
