/** The messages that were revised last, by which a client that was away catches up (CH-8). */
import { type ChatMessage, LIMITS } from '@rtc-elements/protocol';

import type { RoomStore } from '../ports.js';

const PREFIX = 'r:';

/** Under which it is found that the revision `rev` was of which message; one key per revised message. */
export const revisionKey = (rev: number): string => PREFIX + String(rev).padStart(16, '0');

const revOf = ({ rev }: ChatMessage): number => rev ?? 0;

export class RecentRevisions {
  /** Newest first; at most a page. */
  #messages: readonly ChatMessage[] = [];
  /** None has left the list. */
  #isComplete = true;

  /** `read`: a message by its number. */
  async load(
    store: RoomStore,
    read: (seq: number) => Promise<ChatMessage | undefined>,
  ): Promise<void> {
    const limit = LIMITS.pageMessages + 1;
    const found = await store.list<number>({ prefix: PREFIX, reverse: true, limit });
    const messages = await Promise.all([...found.values()].map(read));
    this.#messages = messages.filter((message) => message !== undefined);
    this.#isComplete = true;
    this.#trim();
  }

  /** `message` was revised just now. */
  note(message: ChatMessage): void {
    this.#messages = [message, ...this.#messages.filter(({ seq }) => seq !== message.seq)];
    this.#trim();
  }

  /** A message is not kept any more. */
  drop(seq: number): void {
    this.#messages = this.#messages.filter((message) => message.seq !== seq);
  }

  /** What was revised after `rev`, oldest first; `null`: more than is known here. */
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
