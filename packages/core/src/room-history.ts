// Older pages of the chat, asked for by the reader (CH-2).
import { type ChatHistoryMessage, type ChatPage, createId, LIMITS } from '@rtc-elements/protocol';

import { leftError, type RoomSide } from './room-side.js';
import { createDeferred, type Deferred } from './support/deferred.js';

interface Request {
  readonly message: ChatHistoryMessage;
  readonly page: Deferred<ChatPage>;
  cancelRetry: () => void;
}

/** Keeps each request until it is answered, over a lost connection, too. */
export class ChatHistory {
  readonly #side: RoomSide;
  readonly #requests = new Map<string, Request>();

  constructor(side: RoomSide) {
    this.#side = side;
  }

  /** The page before `before`, or the newest. Asking twice at the same time asks once. */
  get(before: number | null, limit: number): Promise<ChatPage> {
    if (this.#side.getSnapshot().connection === 'closed') return Promise.reject(leftError());
    const size = Math.min(LIMITS.pageMessages, Math.max(1, Math.trunc(limit)));
    for (const { message, page } of this.#requests.values()) {
      if ((message.before ?? null) === before && message.limit === size) return page.promise;
    }
    const message: ChatHistoryMessage = {
      type: 'chat.history',
      ref: createId(),
      limit: size,
      ...(before !== null && { before }),
    };
    const request = {
      message,
      page: createDeferred<ChatPage>(),
      cancelRetry: () => undefined,
    };
    this.#requests.set(message.ref, request);
    this.#side.send(message);
    return request.page.promise;
  }

  resend(): void {
    for (const { message } of this.#requests.values()) this.#side.send(message);
  }

  receive(ref: string, page: ChatPage): void {
    const request = this.#take(ref);
    if (!request) return;
    this.#side.dispatch({ type: 'chat-page', page, before: request.message.before ?? null });
    request.page.resolve(page);
  }

  /** The room refused; `again`: ms after which it may not, or `null`. */
  onError(ref: string, error: Error, again: number | null): void {
    const request = this.#requests.get(ref);
    if (!request) return;
    request.cancelRetry();
    if (again === null) return this.#take(ref)?.page.reject(error);
    request.cancelRetry = this.#side.clock.setTimer(again, () => this.#side.send(request.message));
  }

  close(): void {
    for (const ref of [...this.#requests.keys()]) this.#take(ref)?.page.reject(leftError());
  }

  #take(ref: string): Request | undefined {
    const request = this.#requests.get(ref);
    this.#requests.delete(ref);
    request?.cancelRetry();
    return request;
  }
}
