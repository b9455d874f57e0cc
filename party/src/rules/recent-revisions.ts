/** The messages revised last, by which a client that was away catches up (CH-8). */
import { type ChatMessage, LIMITS } from '@rtc-elements/protocol';

const revOf = ({ rev }: ChatMessage): number => rev ?? 0;

export class RecentRevisions {
  /** Newest revision first; a page at most. */
  #messages: readonly ChatMessage[];
  /** Whether every revised message is in the list. */
  #isComplete = true;

  /** `messages` are the revised ones, newest revision first: all of them, or more than a page. */
  constructor(messages: readonly ChatMessage[] = []) {
    this.#messages = messages;
    this.#trim();
  }

  /** Adds a message that has just been revised. */
  add(message: ChatMessage): void {
    this.#messages = [message, ...this.#messages.filter(({ seq }) => seq !== message.seq)];
    this.#trim();
  }

  /** Removes a message that is no longer kept. */
  drop(seq: number): void {
    this.#messages = this.#messages.filter((message) => message.seq !== seq);
  }

  /** The messages revised after `rev`, oldest first; `null` if some of them are not in the list. */
  since(rev: number): readonly ChatMessage[] | null {
    const last = this.#messages.at(-1);
    if (!this.#isComplete && last && revOf(last) > rev) return null;
    return this.#messages.filter((message) => revOf(message) > rev).reverse();
  }

  #trim(): void {
    if (this.#messages.length <= LIMITS.pageMessages) return;
    this.#messages = this.#messages.slice(0, LIMITS.pageMessages);
    this.#isComplete = false;
  }
}
