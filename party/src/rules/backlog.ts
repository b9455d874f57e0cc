/**
 * What a socket was sent and has not acknowledged (FL-1). Nothing in a runtime tells how much of it waits in the
 * server's memory, and heartbeats are answered even for a client that never reads, so a client proves that it reads
 * by returning a random mark.
 */
import { LIMITS } from '@rtc-elements/protocol';

/** A mark that was sent, and the bytes from the last acknowledged one up to it. */
export type SentMark = readonly [mark: string, bytes: number];

/** A backlog as it is stored in the note of its socket. Storage has these keys. */
export interface BacklogRecord {
  /** Whether the client answers marks. */
  readonly isMarked: boolean;
  /** Sent since the last acknowledged mark. */
  readonly bytes: number;
  /** Not acknowledged yet, oldest first. */
  readonly marks: readonly SentMark[];
}

/** Changes in place: a message to everybody adds to that of each member. */
export class Backlog {
  readonly #isMarked: boolean;
  #bytes: number;
  #marks: SentMark[];
  /** When another mark is due. */
  #markAt: number;

  constructor({ isMarked, bytes, marks }: BacklogRecord) {
    this.#isMarked = isMarked;
    this.#bytes = bytes;
    this.#marks = [...marks];
    this.#markAt = this.#nextMarkAt();
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether nothing more may be sent. */
  get isFull(): boolean {
    return this.#bytes > LIMITS.unacknowledgedBytes;
  }

  /** Whether a mark is due. */
  get isMarkDue(): boolean {
    return this.#bytes >= this.#markAt;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** `mark` was sent, after everything so far. */
  addMark(mark: string): void {
    this.#marks.push([mark, this.#bytes]);
    this.#markAt = this.#nextMarkAt();
  }

  /** The client has read everything up to `mark`. `false` if no such mark waits for an answer. */
  acknowledge(mark: string): boolean {
    const at = this.#marks.findIndex(([sent]) => sent === mark);
    const read = this.#marks[at]?.[1];
    if (read === undefined) return false;
    this.#bytes -= read;
    this.#marks = this.#marks.slice(at + 1).map(([sent, bytes]) => [sent, bytes - read]);
    this.#markAt = this.#nextMarkAt();
    return true;
  }

  #nextMarkAt(): number {
    return this.#isMarked ? (this.#marks.at(-1)?.[1] ?? 0) + LIMITS.markBytes : Infinity;
  }

  toRecord(): BacklogRecord {
    return { isMarked: this.#isMarked, bytes: this.#bytes, marks: this.#marks };
  }
}

/** Of a socket whose client has not said what it can do. */
export const emptyBacklog = (isMarked: boolean): BacklogRecord => ({
  isMarked,
  bytes: 0,
  marks: [],
});
