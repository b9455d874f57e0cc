/**
 * Our lines that the room has not stored yet, in the order they were written (CH-5).
 *
 * One is under way at a time: whatever is lost or refused on the way, what comes after it cannot
 * overtake it. A line is sent again under its own id, so the room stores it once (CH-1).
 */
import { LIMITS } from '@rtc-elements/protocol';

/** A line to be said. */
export interface OutboxItem {
  readonly id: string;
  readonly text: string;
  readonly replyTo?: number;
}

/** The queue; it holds, its owner sends. */
export class Outbox {
  #items: readonly OutboxItem[] = [];
  #underWay: string | null = null;

  /** How many lines wait, the one under way included. */
  get size(): number {
    return this.#items.length;
  }

  /** Puts a line at the end. `false`: there is no room for it. */
  add(item: OutboxItem): boolean {
    if (this.size >= LIMITS.outboxMessages) return false;
    this.#items = [...this.#items, item];
    return true;
  }

  /** The line to send now, which is under way from here on; `null` while another one is. */
  next(): OutboxItem | null {
    const first = this.#items[0];
    if (!first || this.#underWay !== null) return null;
    this.#underWay = first.id;
    return first;
  }

  /** Whether this line is under way. */
  isUnderWay(id: string): boolean {
    return this.#underWay === id;
  }

  /** Whatever was under way may be lost: `next()` gives it once more. */
  release(): void {
    this.#underWay = null;
  }

  /** Stored, refused or taken back: it need not be sent any more. */
  remove(id: string): void {
    this.#items = this.#items.filter((item) => item.id !== id);
    if (this.#underWay === id) this.#underWay = null;
  }
}
