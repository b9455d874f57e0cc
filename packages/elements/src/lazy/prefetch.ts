// Loads ahead of time, without competing with anything that the person is waiting for.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { SharedRoom } from '../session/shared-room.js';

/** Anything that can be loaded, such as `LazyElements`. */
interface Loadable {
  load(): Promise<unknown>;
}

/** Loads all of them once `isSettled` returns true and the page is idle. */
export class Prefetch implements ReactiveController {
  readonly #all: readonly Loadable[];
  readonly #isSettled: () => boolean;
  #state: 'waiting' | 'scheduled' | 'done' = 'waiting';

  constructor(host: ReactiveControllerHost, all: readonly Loadable[], isSettled: () => boolean) {
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
      // A call may have started in the meantime.
      if (this.#isSettled()) this.#loadAll();
    });
  }

  #loadAll(): void {
    this.#state = 'done';
    // If this fails, they are loaded again when they are needed.
    for (const lazy of this.#all) lazy.load().catch(() => undefined);
  }
}

/**
 * Whether the person is waiting for nothing: neither for the room nor, in a call with others, for the
 * first picture of one of them. If nobody sends a picture, the links count instead.
 */
export function isSettled({ room, hasPicture, awaitedPictures }: SharedRoom): boolean {
  const { connection, you, peers } = room.getSnapshot();
  if (connection === 'connecting' || connection === 'reconnecting') return false;
  if (connection !== 'connected' || !you || you.call === 0 || hasPicture) return true;
  return (
    awaitedPictures.size === 0 &&
    peers
      .filter(({ call }) => call > 0)
      .every(({ link: { status } }) => ['connected', 'failed', 'full'].includes(status))
  );
}
