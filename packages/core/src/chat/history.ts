// Older pages of the chat, asked for by the reader (CH-2).
import {
  type ChatHistoryMessage,
  type ChatPage,
  type ChatPageMessage,
  createId,
  type ErrorMessage,
  LIMITS,
} from '@rtc-elements/protocol';

import { oldest } from './rules/chat-log.js';
import type { RoomChat } from '../api/room-api.js';
import { leftError, type RoomContext } from '../room/room-context.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import { toFaultError } from '../signaling/fault-error.js';

/** The pause before another try when the room does not name one. */
const RETRY_MS = 1_000;

type Wish = Parameters<RoomChat['history']>[0];

interface Request {
  readonly message: ChatHistoryMessage;
  readonly page: Deferred<ChatPage>;
  cancelRetry: () => void;
}

/** Keeps each request until it is answered, over a lost connection, too. */
export class ChatHistory {
  readonly #side: RoomContext;
  readonly #requests = new Map<string, Request>();

  constructor(side: RoomContext) {
    this.#side = side;
  }

  /** The page before or after a line, or the newest. Asking twice at the same time asks once. */
  get({ before, after, limit = LIMITS.pageMessages }: Wish = {}): Promise<ChatPage> {
    const start = before ?? oldest(this.#side.getSnapshot().chat);
    const place = after !== undefined ? { after } : start !== undefined ? { before: start } : {};
    const size = Math.min(LIMITS.pageMessages, Math.max(1, Math.trunc(limit)));
    for (const { message, page } of this.#requests.values()) {
      const isSamePlace = message.before === place.before && message.after === place.after;
      if (isSamePlace && message.limit === size) return page.promise;
    }
    const message: ChatHistoryMessage = {
      type: 'chat.history',
      ref: createId(),
      limit: size,
      ...place,
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

  receive({ ref, messages, more }: ChatPageMessage): void {
    const request = this.#take(ref);
    if (!request) return;
    const page = { messages, more };
    const { before = null, after } = request.message;
    if (after === undefined) this.#side.dispatch({ type: 'chat-page', page, before });
    request.page.resolve(page);
  }

  onError(message: ErrorMessage): void {
    const request = this.#requests.get(message.ref ?? '');
    if (!request) return;
    request.cancelRetry();
    const error = toFaultError(message);
    if (!error.retryable) return this.#take(request.message.ref)?.page.reject(error);
    request.cancelRetry = this.#side.clock.setTimer(error.retryAfterMs ?? RETRY_MS, () =>
      this.#side.send(request.message),
    );
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
