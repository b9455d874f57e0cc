/**
 * The numbering of signals. Outgoing signals are numbered, their candidates batched (SG-2);
 * incoming ones that are repeated or outdated are recognized (SG-3).
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
 * The epoch in which a link begins. The room stamps early offers with that of `early` (EN-6), so
 * every usual offer outranks them. A link that waits begins below whatever its peer begins with.
 */
export const FIRST_EPOCH: Readonly<Record<LinkRole, number>> = { wait: 0, early: 1, offer: 2 };

/** Everything waits for `open()`: before that, the addressee may not be known yet (EN-6). */
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

  /** What is sent from now on belongs to `epoch`. Candidates of the previous epoch are dropped. */
  begin(epoch: number): void {
    this.#dropCandidates();
    if (epoch !== this.#epoch) this.#n = 0;
    this.#epoch = epoch;
  }

  /**
   * Sends a description at once and returns its `n`. Its SDP already has the candidates gathered so
   * far.
   */
  describe(description: Description, sources: SourceMap, re: number | null): number {
    this.#dropCandidates();
    return this.#number({ description, sources, ...(re !== null && { re }) });
  }

  /** The description travels in `hello` (EN-6), with all candidates found by now. */
  skip(): void {
    this.#n = 1;
    this.#waiting = [];
    this.#dropCandidates();
  }

  /**
   * The first candidate of a run is sent at once, as it is often all that is needed; the rest in
   * batches.
   */
  add(candidate: Candidate): void {
    this.#candidates.push(candidate);
    const wait = this.#flushedAt + TIMES.candidateFlushMs - this.#clock.now();
    this.#cancelTimer ??= this.#clock.setTimer(Math.max(0, wait), () => this.#flush());
  }

  close(): void {
    this.#dropCandidates();
    this.#waiting = [];
    this.#send = () => undefined;
  }

  #flush(): void {
    this.#cancelTimer = null;
    const candidates = this.#candidates.splice(0, LIMITS.candidatesPerSignal);
    this.#flushedAt = this.#clock.now();
    if (candidates.length > 0) this.#number({ candidates });
    if (this.#candidates.length > 0) {
      this.#cancelTimer = this.#clock.setTimer(TIMES.candidateFlushMs, () => this.#flush());
    }
  }

  #dropCandidates(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#candidates = [];
  }

  #number(part: Omit<SignalBody, 'epoch' | 'n'>): number {
    const body = { epoch: this.#epoch, n: this.#n, ...part };
    this.#n += 1;
    if (this.#send) this.#send(body);
    else this.#waiting.push(body);
    return body.n;
  }
}

/** What a signal is judged by. */
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
