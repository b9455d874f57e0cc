/** Joins the pages in which a room sends what does not fit one frame, so that nobody else sees half a list (PG-1). */
import {
  isPaged,
  listOf,
  PAGED_LISTS,
  type PagedMessage,
  type PageMessage,
  type ServerMessage,
} from '@rtc-elements/protocol';

export class PageJoiner {
  /** The message whose list goes on; `null` if none does. */
  #begun: PagedMessage | null = null;

  /** Returns the message, whole; `null` if more of it is to come, or if it is a page of nothing. */
  take(message: ServerMessage): Exclude<ServerMessage, PageMessage> | null {
    if (message.type === 'page') return this.#goOn(message);
    if (!isPaged(message) || !message.more) return message;
    this.#begun = message;
    return null;
  }

  /** The connection is another one. */
  reset(): void {
    this.#begun = null;
  }

  #goOn(page: PageMessage): PagedMessage | null {
    if (!this.#begun) return null;
    const list = PAGED_LISTS[this.#begun.type];
    const { more: _, ...begun } = this.#begun;
    const items = [...listOf(this.#begun), ...(page[list] ?? [])];
    const whole = { ...begun, [list]: items } as PagedMessage;
    this.#begun = page.more ? whole : null;
    return page.more ? null : whole;
  }
}
