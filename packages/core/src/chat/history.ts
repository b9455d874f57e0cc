// Pages of older messages, fetched on request (CH-2).
import { type ChatPage, LIMITS } from '@rtc-elements/protocol';

import type { RoomChat } from '../api/room-api.js';
import type { RoomContext } from '../room/room-context.js';
import type { Requests } from '../signaling/requests.js';
import { pageSize } from './message-edits.js';
import { oldest } from './rules/chat-log.js';

type PageOptions = Parameters<RoomChat['history']>[0];

/** Fetches pages. Each request survives lost connections until the room has answered it. */
export class ChatHistory {
  readonly #room: RoomContext;
  readonly #requests: Requests;
  /** Requested pages that have not arrived yet, by the JSON of their request. */
  readonly #pages = new Map<string, Promise<ChatPage>>();

  constructor(room: RoomContext, requests: Requests) {
    this.#room = room;
    this.#requests = requests;
  }

  /**
   * Fetches the page before or after a message, or the newest page. Calls for a page that is already on
   * its way share one request.
   */
  get({ before, after, limit = LIMITS.pageMessages }: PageOptions = {}): Promise<ChatPage> {
    const start = before ?? oldest(this.#room.getSnapshot().chat);
    const place = after !== undefined ? { after } : start !== undefined ? { before: start } : {};
    const question = { limit: pageSize(limit), ...place };
    const key = JSON.stringify(question);
    const page = this.#pages.get(key) ?? this.#ask(question).finally(() => this.#pages.delete(key));
    this.#pages.set(key, page);
    return page;
  }

  async #ask(question: {
    readonly limit: number;
    readonly before?: number;
    readonly after?: number;
  }): Promise<ChatPage> {
    const { messages, more } = await this.#requests.ask(
      { type: 'chat.history', ...question },
      'until-answered',
    );
    const page = { messages, more };
    const { before = null, after } = question;
    if (after === undefined) this.#room.dispatch({ type: 'chat-page', page, before });
    return page;
  }
}
