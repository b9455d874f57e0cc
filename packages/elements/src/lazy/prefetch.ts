// Loads what may be looked at later, once nothing that the person waits for would compete with it.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { SharedRoom } from '../session/shared-room.js';
import type { LazyElements } from './lazy-elements.js';

/** Loads elements ahead of time, when `isSettled` holds and the page is idle. */
export class Prefetch implements ReactiveController {
  readonly #all: readonly LazyElements[];
  readonly #isSettled: () => boolean;
  #state: 'waiting' | 'scheduled' | 'done' = 'waiting';

  constructor(
    host: ReactiveControllerHost,
    all: readonly LazyElements[],
    isSettled: () => boolean,
  ) {
    this.#all = all;
    this.#isSettled = isSettled;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#state !== 'waiting' || !this.#isSettled()) return;
    this.#state = 'scheduled';
    // Safari has no idle callback.
    const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
    whenIdle(() => {
      this.#state = 'waiting';
      // A call may have begun meanwhile.
      if (this.#isSettled()) this.#loadAll();
    });
  }

  #loadAll(): void {
    this.#state = 'done';
    // Whoever needs what fails here asks for it again.
    for (const lazy of this.#all) lazy.load().catch(() => undefined);
  }
}

/**
 * Whether nothing that the person waits for is on its way: neither the room nor, in a call with others,
 * the first picture of one of them, or the links where none of them sends a picture.
 */
export function isSettled({ room, hasPicture, awaitedPictures }: SharedRoom): boolean {
  const { connection, you, peers } = room.getSnapshot();
  if (connection === 'connecting' || connection === 'reconnecting') return false;
  if (connection !== 'connected' || !you || you.call === 0 || hasPicture) return true;
  return (
    awaitedPictures.size === 0 &&
    peers
      .filter(({ call }) => call > 0)
      .every(({ link: { status } }) => status === 'connected' || status === 'failed')
  );
}
