/** A move from one call to another: waits until the new call connects everybody, or until it is given up. */
import { type Source, SOURCES } from '@rtc-elements/protocol';

import type { RtcError } from '../state/errors.js';
import { createDeferred } from '../support/deferred.js';
import { inTime } from '../support/in-time.js';
import { type CallSlot, OPEN_MS, type SharedHost } from './call-slot.js';

/** How long the new call is given to connect everybody, ms. */
const CONNECT_MS = 8_000;

/** What a move needs of its room. */
type MoveHost = Pick<SharedHost, 'ports' | 'getSnapshot'>;

export class CallMove {
  readonly #host: MoveHost;
  readonly #cancelled = createDeferred<never>();
  /** Called when one of the two calls has told anything. */
  look: () => void = () => undefined;

  constructor(host: MoveHost) {
    this.#host = host;
    // Whoever waits hears of it; if nobody does, nothing is lost.
    this.#cancelled.promise.catch(() => undefined);
  }

  /** Has everything that is waited for reject with `error`. */
  cancel(error: RtcError): void {
    this.#cancelled.reject(error);
  }

  wait<T>(task: Promise<T>): Promise<T> {
    return Promise.race([this.#cancelled.promise, task]);
  }

  /**
   * Opens `next`. Resolves once it reaches all whom `present` reaches, or when that takes too long.
   * `encrypted`: settles when it encrypts, if it is to.
   */
  async run(next: CallSlot, present: CallSlot, encrypted: Promise<void>): Promise<void> {
    const { clock } = this.#host.ports;
    await this.wait(inTime(Promise.all([next.start(), encrypted]), OPEN_MS, clock));
    await this.wait(
      new Promise<void>((resolve) => {
        const cancel = clock.setTimer(CONNECT_MS, resolve);
        this.look = () => {
          if (!this.#reachesAllOf(next, present)) return;
          cancel();
          resolve();
        };
        this.look();
      }),
    );
  }

  /** Whether `next` reaches every peer whom `present` reaches, and gets all from them that `present` gets. */
  #reachesAllOf(next: CallSlot, present: CallSlot): boolean {
    const { peers } = this.#host.getSnapshot();
    const reached = peers.filter(({ session }) => present.statusOf(session) === 'connected');
    return reached.every(
      ({ session }) =>
        next.statusOf(session) === 'connected' &&
        SOURCES.every(
          (source) => !delivers(present, session, source) || delivers(next, session, source),
        ),
    );
  }
}

/** Whether something arrives on that track now. */
const delivers = (call: CallSlot, session: string, source: Source): boolean =>
  call.getTrack(session, source)?.muted === false;
