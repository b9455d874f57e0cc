/**
 * Our messages that the room has not stored yet, in the order they were written (CH-5).
 *
 * One is being sent at a time: whatever is lost or refused on the way, nothing that comes after it can
 * overtake it. A message is sent again under its own id, so the room stores it once (CH-1).
 */
import { LIMITS } from '@rtc-elements/protocol';

/** A message to be sent. */
export interface OutboxItem {
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
}

/** Holds messages; its owner sends them. */
export class Outbox {
  #items: readonly OutboxItem[] = [];
  #sending: string | null = null;

  /** How many messages wait, the one that is being sent included. */
  get size(): number {
    return this.#items.length;
  }

  /** Puts a message at the end. `false`: the outbox is full. */
  add(item: OutboxItem): boolean {
    if (this.size >= LIMITS.outboxMessages) return false;
    this.#items = [...this.#items, item];
    return true;
  }

  /** The message to send now; `null` while another one is being sent, or when none waits. */
  next(): OutboxItem | null {
    const first = this.#items[0];
    if (!first || this.#sending !== null) return null;
    this.#sending = first.id;
    return first;
  }

  /** Stored, refused or taken back: it need not be sent any more. */
  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    if (this.#sending === id) this.#sending = null;
  }
}
