/**
 * Our messages that the room has not stored yet, in the order they were written (CH-5).
 *
 * Only one is sent at a time, so a message that is lost or refused is never overtaken by a later one.
 * A message is resent under the same id, so the room stores it only once (CH-1).
 */
import { LIMITS } from '@rtc-elements/protocol';

/** A message to send. */
export interface OutboxItem {
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
}

/** Only holds the messages; its owner sends them. */
export class Outbox {
  #items: readonly OutboxItem[] = [];
  #sending: string | null = null;

  /** How many messages are waiting, including the one being sent. */
  get size(): number {
    return this.#items.length;
  }

  /** Appends a message. Returns `false` if the outbox is full. */
  add(item: OutboxItem): boolean {
    if (this.size >= LIMITS.outboxMessages) return false;
    this.#items = [...this.#items, item];
    return true;
  }

  /** Returns the message to send now, or `null` while another is being sent or none is waiting. */
  next(): OutboxItem | null {
    const first = this.#items[0];
    if (!first || this.#sending !== null) return null;
    this.#sending = first.id;
    return first;
  }

  /** Removes a message that was stored, refused or discarded. */
  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    if (this.#sending === id) this.#sending = null;
  }
}
