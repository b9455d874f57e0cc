/** Links for large actions (DL-1): the room would take a megabyte in twenty seconds, and more not at all. */
import { createDeferred, type Deferred } from '../support/deferred.js';
import type { DataContext, PeerPaths } from './ports.js';
import { PART_BYTES } from './rules/parts.js';

/** How long an action waits for a link before it goes through the room after all, ms. */
const PATIENCE_MS = 10_000;

export class ActionLinks {
  readonly #context: Pick<DataContext, 'clock' | 'wantLink'>;
  readonly #paths: Pick<PeerPaths, 'statusOf'>;
  /** What waits for a path to somebody, by their session. */
  readonly #opening = new Map<string, Deferred<undefined>>();
  /** By session and lane: what comes after a message that waits for a link waits, too. */
  readonly #lanes = new Map<string, Promise<unknown>>();

  constructor(
    context: Pick<DataContext, 'clock' | 'wantLink'>,
    paths: Pick<PeerPaths, 'statusOf'>,
  ) {
    this.#context = context;
    this.#paths = paths;
  }

  /** When a message of so many bytes may go; `null`: now. Never rejects. */
  opening(session: string, lane: string, bytes: number): Promise<unknown> | null {
    const key = `${session} ${lane}`;
    const before = this.#lanes.get(key);
    if (before) return before;
    if (bytes <= PART_BYTES || this.#paths.statusOf(session) !== 'none') return null;
    const opening = this.#open(session).then(() => this.#lanes.delete(key));
    this.#lanes.set(key, opening);
    return opening;
  }

  /** There is a path to them now, or none any more. */
  settle(session: string): void {
    this.#opening.get(session)?.resolve(undefined);
  }

  async #open(session: string): Promise<void> {
    const opened = this.#opening.get(session) ?? createDeferred<undefined>();
    this.#opening.set(session, opened);
    const stopTimer = this.#context.clock.setTimer(PATIENCE_MS, () => opened.resolve(undefined));
    void this.#context.wantLink(session, 'actions').then((error) => {
      const status = this.#paths.statusOf(session);
      if (error || status === 'open' || status === 'none') opened.resolve(undefined);
    });
    await opened.promise;
    stopTimer();
    if (this.#opening.get(session) === opened) this.#opening.delete(session);
  }
}
