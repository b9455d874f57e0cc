/**
 * Our messages that the room has not stored yet, in the order they were written (CH-5).
 *
 * A message is resent under the same id, so the room stores it only once (CH-1). Several are sent at once to a room
 * that keeps their order (CH-10); to others only one, so a message that is lost or refused is never overtaken.
 */
import { type ChatFile, LIMITS } from '@rtc-elements/protocol';

/** A message to send. */
export interface OutboxItem {
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
  readonly file?: ChatFile;
}

/** How many to send before the first is answered: what we may send in half a second, a slow round trip (LI-4). */
export const MOST_UNANSWERED = 8;

/** Only holds the messages; its owner sends them. */
export class Outbox {
  #items: readonly OutboxItem[] = [];
  readonly #sent = new Set<string>();

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** How many messages are waiting, including those being sent. */
  get size(): number {
    return this.#items.length;
  }

  /** Appends a message. Returns `false` if the outbox is full. */
  add(item: OutboxItem): boolean {
    if (this.size >= LIMITS.outboxMessages) return false;
    this.#items = [...this.#items, item];
    return true;
  }

  /**
   * Returns the next message to send, which counts as sent; `null` if there is none, or `mostUnanswered` are being sent
   * already.
   */
  next(mostUnanswered: number): OutboxItem | null {
    if (this.#sent.size >= mostUnanswered) return null;
    const next = this.#items.find(({ id }) => !this.#sent.has(id));
    if (!next) return null;
    this.#sent.add(next.id);
    return next;
  }

  /** The message that was written before this one, if it waits, too. */
  before(id: string): string | undefined {
    return this.#items[this.#items.findIndex((item) => item.id === id) - 1]?.id;
  }

  /** Removes a message that was stored, refused or discarded. */
  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#sent.delete(id);
  }
}
