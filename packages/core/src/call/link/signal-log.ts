/**
 * The numbering of signals: what goes out is numbered and candidates are gathered (SG-2); of what
 * comes in, repeated and outdated ones are told apart (SG-3).
 */
import {
  type Candidate,
  type Description,
  LIMITS,
  type SignalBody,
  type SourceMap,
  TIMES,
} from '@rtc-elements/protocol';

import type { Clock } from '../../ports.js';
import type { LinkRole } from './link-world.js';

/**
 * What a link begins with. `early` is as the room stamps an early offer (EN-6): outranked by whatever
 * is offered as usual. A link that waits is below whatever the peer begins with.
 */
export const FIRST_EPOCH: Readonly<Record<LinkRole, number>> = { wait: 0, early: 1, offer: 2 };

/** `send` absent: the addressee is not known yet (EN-6), and everything waits for `open()`. */
export class OutgoingSignals {
  readonly #clock: Clock;
  #send: ((body: SignalBody) => void) | null = null;
  #waiting: SignalBody[] = [];
  #n = 0;
  #epoch: number;
  #candidates: Candidate[] = [];
  #flushedAt = -Infinity;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, epoch: number) {
    this.#clock = clock;
    this.#epoch = epoch;
  }

  open(send: (body: SignalBody) => void): void {
    this.#send = send;
    for (const body of this.#waiting.splice(0)) send(body);
  }

  /** What is said from now on belongs to `epoch`; candidates of the one before are dropped. */
  begin(epoch: number): void {
    this.#forget();
    if (epoch !== this.#epoch) this.#n = 0;
    this.#epoch = epoch;
  }

  /** Goes at once, under the `n` that is returned. Candidates gathered so far are in its SDP already. */
  describe(description: Description, sources: SourceMap, re: number | null): number {
    this.#forget();
    return this.#say({ description, sources, ...(re !== null && { re }) });
  }

  /** The description goes another way, inside `hello` (EN-6), with all that was found by now. */
  skip(): void {
    this.#n = 1;
    this.#waiting = [];
    this.#forget();
  }

  /** The first of a run goes at once, as it is often all that is needed; the rest by the batch. */
  add(candidate: Candidate): void {
    this.#candidates.push(candidate);
    const wait = this.#flushedAt + TIMES.candidateFlushMs - this.#clock.now();
    this.#cancelTimer ??= this.#clock.setTimer(Math.max(0, wait), () => this.#flush());
  }

  close(): void {
    this.#forget();
    this.#waiting = [];
    this.#send = () => undefined;
  }

  #flush(): void {
    this.#cancelTimer = null;
    const candidates = this.#candidates.splice(0, LIMITS.candidatesPerSignal);
    this.#flushedAt = this.#clock.now();
    if (candidates.length > 0) this.#say({ candidates });
    if (this.#candidates.length > 0) {
      this.#cancelTimer = this.#clock.setTimer(TIMES.candidateFlushMs, () => this.#flush());
    }
  }

  #forget(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#candidates = [];
  }

  #say(part: Omit<SignalBody, 'epoch' | 'n'>): number {
    const body = { epoch: this.#epoch, n: this.#n, ...part };
    this.#n += 1;
    if (this.#send) this.#send(body);
    else this.#waiting.push(body);
    return body.n;
  }
}

/** The part of a signal by which it is judged. */
type Stamp = Pick<SignalBody, 'epoch' | 'n' | 'description'>;

export class IncomingSignals {
  #epoch: number;
  #lastN = -1;

  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  begin(epoch: number): void {
    if (epoch !== this.#epoch) this.#lastN = -1;
    this.#epoch = epoch;
  }

  /** `newer`: an offer that begins a later epoch. `stale`: drop it (SG-3). */
  judge({ epoch, n, description }: Stamp): 'current' | 'newer' | 'stale' {
    if (epoch > this.#epoch) return description?.type === 'offer' ? 'newer' : 'stale';
    if (epoch < this.#epoch || n <= this.#lastN) return 'stale';
    this.#lastN = n;
    return 'current';
  }
}
