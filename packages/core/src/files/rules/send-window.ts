/**
 * How much of a transfer may be on its way at once: enough to keep the line busy, and so little that nobody else on it waits
 * long. SCTP by itself sends until the queue of the line is full, and what people say, hear and ask waits behind that. After
 * LEDBAT (RFC 6817, and LEDBAT++ of draft-irtf-iccrg-ledbat-plus-plus): what a piece takes longer than the least that
 * any took is the queue in front of it, and the window grows or shrinks with that.
 */
import { PIECE_BYTES, SMALL_PIECE_BYTES, TINY_PIECE_BYTES } from './limits.js';

/**
 * How long a queue of ours may be where nobody else waits, ms. LEDBAT has 100 (RFC 6817, 2.5), but on a fast network that
 * is more than the sockets of a browser hold, and SCTP takes seconds to send again what they have dropped.
 */
const ALONE_MS = 25;

/**
 * The same while people talk: a quarter of what the line takes by itself, but no less than what a busy machine
 * takes for an answer.
 */
const SHARED_MS = { least: 6, most: ALONE_MS, share: 0.25 } as const;

/** What is sent before anything is known of the line, and the least of all, bytes: two tiny pieces. */
const LEAST_BYTES = 2 * TINY_PIECE_BYTES;
const FIRST_BYTES = 4 * LEAST_BYTES;

/** The window never falls below this share of the largest that was good: a busy machine looks like a queue, too. */
const LEAST_SHARE = 1 / 8;

/** How long answers are looked at in a round, ms: one of them at least was not held up by what else the machine does. */
const ROUND_MS = 40;

/** By how much the window grows in a round without any queue, and what one with a queue leaves of it at least. */
const GROWTH = 0.25;
const LEAST_LEFT = 0.25;

/** A queue of this beyond twice the least is not that of a burst, ms: a line has become far slower, and a round takes seconds. */
const PLAIN_MS = 100;

/** At first it doubles until there is this share of the longest queue. */
const FOUND_SHARE = 0.5;

/** So often a queue stays although the window is at its least: then it is not ours, but the path is longer. */
const MOST_VAIN = 3;

/** How often the line is left to empty its queue, to learn what it takes without one, ms (LEDBAT++, 4.4). */
const LOOK_EVERY_MS = 20_000;

/** How long the line may take for a piece, ms: it must not look like a queue, and a tiny one may take longer. */
const MOST_PIECE_MS = 10;

interface Sent {
  /** Bytes until its end. */
  readonly end: number;
  readonly at: number;
}

/** From one look at the window to the next: what was sent since then tells what came of it. */
interface Round {
  /** Bytes that were sent before it; `null`: also the burst in which a larger window is filled, which queues by itself. */
  start: number | null;
  /** Bytes that were sent before its first answer: it takes at least a round trip from then on. */
  end: number | null;
  /** Its first answer. */
  since: number;
  leastMs: number;
  /** More could have been sent. */
  isFull: boolean;
}

const sharedTarget = (leastMs: number): number =>
  Math.min(SHARED_MS.most, Math.max(SHARED_MS.least, SHARED_MS.share * leastMs));

export class SendWindow {
  #bytes = FIRST_BYTES;
  #sent = 0;
  #arrived = 0;
  readonly #onTheWay: Sent[] = [];
  /** The least that a piece took, ms. */
  #leastMs = Infinity;
  #round: Round = { start: null, end: null, since: Infinity, leastMs: Infinity, isFull: false };
  /** The largest window without too long a queue since the last look. */
  #good = 0;
  #isFound = false;
  #vain = 0;
  #lookedAt: number;
  #isLooking = false;
  #targetMs = ALONE_MS;
  readonly #isShared: () => boolean;

  /** `isShared`: whether anybody else waits for what passes over the line. */
  constructor(now: number, isShared: () => boolean) {
    this.#lookedAt = now;
    this.#isShared = isShared;
  }

  /** Whether so many bytes may be sent now. One piece may always be on its way. */
  isFree(bytes: number): boolean {
    const onTheWay = this.#sent - this.#arrived;
    const most = this.#isLooking ? LEAST_BYTES : this.#bytes;
    const isFree = onTheWay === 0 || onTheWay + bytes <= most;
    if (!isFree) this.#round.isFull = true;
    return isFree;
  }

  /** How large a piece should be: what somebody else sends waits for the piece before it. */
  get pieceBytes(): number {
    const bytesPerMs = this.#bytes / (this.#leastMs + this.#targetMs);
    const fitting = [PIECE_BYTES, SMALL_PIECE_BYTES].find(
      (bytes) => bytes <= bytesPerMs * MOST_PIECE_MS,
    );
    return fitting ?? TINY_PIECE_BYTES;
  }

  spend(bytes: number, now: number): void {
    this.#sent += bytes;
    this.#onTheWay.push({ end: this.#sent, at: now });
  }

  /** `total`: bytes that have arrived since the beginning. */
  arrive(total: number, now: number): void {
    this.#arrived = Math.min(this.#sent, Math.max(this.#arrived, total));
    let last: Sent | undefined;
    while ((this.#onTheWay[0]?.end ?? Infinity) <= this.#arrived) last = this.#onTheWay.shift();
    if (!last) return;
    this.#leastMs = Math.min(this.#leastMs, now - last.at);
    const round = this.#round;
    round.start ??= this.#sent;
    if (last.end <= round.start) return;
    round.leastMs = Math.min(round.leastMs, now - last.at);
    round.since = Math.min(round.since, now);
    round.end ??= this.#sent;
    const isOver = this.#arrived >= round.end || round.leastMs > 2 * this.#leastMs + PLAIN_MS;
    if (isOver && now - round.since >= ROUND_MS) this.#endRound(now);
  }

  #endRound(now: number): void {
    const { leastMs, isFull } = this.#round;
    this.#round = { start: null, end: null, since: Infinity, leastMs: Infinity, isFull: false };
    this.#targetMs = this.#isShared() ? sharedTarget(this.#leastMs) : ALONE_MS;
    if (this.#isLooking) return this.#endLook(leastMs, now);
    if (now - this.#lookedAt >= LOOK_EVERY_MS && isFull) return void (this.#isLooking = true);
    const queueMs = leastMs - this.#leastMs;
    if (queueMs > this.#targetMs) this.#shrink(queueMs);
    else if (isFull) this.#grow(queueMs);
  }

  #endLook(leastMs: number, now: number): void {
    this.#isLooking = false;
    this.#lookedAt = now;
    this.#vain = 0;
    this.#leastMs = leastMs;
    this.#good = this.#bytes;
  }

  #grow(queueMs: number): void {
    this.#vain = 0;
    this.#good = Math.max(this.#good, this.#bytes);
    if (queueMs > FOUND_SHARE * this.#targetMs) this.#isFound = true;
    const more = this.#isFound ? GROWTH * (1 - queueMs / this.#targetMs) : 1;
    this.#bytes *= 1 + more;
  }

  /** To what leaves no more than the target, as what is on its way and what it takes grow together. */
  #shrink(queueMs: number): void {
    this.#isFound = true;
    const least = Math.max(LEAST_BYTES, this.#good * LEAST_SHARE);
    this.#vain = this.#bytes <= least ? this.#vain + 1 : 0;
    // What is there already may not be our queue, but a longer path.
    if (this.#vain >= MOST_VAIN) this.#isLooking = true;
    const left = (this.#leastMs + this.#targetMs) / (this.#leastMs + queueMs);
    this.#bytes = Math.max(least, this.#bytes * Math.max(LEAST_LEFT, left));
  }
}
