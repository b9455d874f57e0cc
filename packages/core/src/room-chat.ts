// The chat of a room: connects outbox, log and typing with the socket and the clock.
import {
  type ChatAckMessage,
  type ChatPage,
  type ChatPageMessage,
  cleanChatText,
  createId,
  type ErrorMessage,
  isChatText,
  LIMITS,
  type ChatDeliveryMessage,
  type TypingDelivery,
} from '@rtc-elements/protocol';

import { oldest } from './chat/chat-log.js';
import { Outbox } from './chat/outbox.js';
import { RtcError, toProblem } from './errors.js';
import type { RoomChat } from './room-api.js';
import { ChatHistory } from './room-history.js';
import { leftError, type RoomSide } from './room-side.js';
import { Typing } from './room-typing.js';
import { createDeferred, type Deferred } from './support/deferred.js';

/** How long the room may take to store a line before it is sent again. */
const ACK_MS = 10_000;

/** The pause before another try when the room does not name one. */
const RETRY_MS = 1_000;

type Sent = Awaited<ReturnType<RoomChat['send']>>;

type AboutChat =
  ChatAckMessage | ChatDeliveryMessage | ChatPageMessage | ErrorMessage | TypingDelivery;

/** Implements `Room.chat`. What the room says comes in through `on…` and `receive`. */
export class ChatDesk implements Omit<RoomChat, 'edit' | 'delete' | 'react' | 'search'> {
  readonly #side: RoomSide;
  readonly #getName: () => string;
  readonly #outbox = new Outbox();
  readonly #typing: Typing;
  readonly #history: ChatHistory;
  readonly #sends = new Map<string, Deferred<Sent>>();
  #cancelTimer: () => void = () => undefined;

  constructor(side: RoomSide, getName: () => string) {
    this.#side = side;
    this.#getName = getName;
    this.#typing = new Typing(side);
    this.#history = new ChatHistory(side);
  }

  async send(raw: string): Promise<Sent> {
    const text = cleanChatText(raw);
    if (text === '') throw new RtcError('text-empty', 'Write something first.');
    if (!isChatText(text, LIMITS.textLength)) {
      throw new RtcError(
        'text-too-long',
        `Keep a message below ${LIMITS.textLength} characters, or send it in parts.`,
      );
    }
    const id = createId();
    this.#say(id, text);
    this.setTyping(false);
    const sent = createDeferred<Sent>();
    this.#sends.set(id, sent);
    this.#flush();
    return sent.promise;
  }

  async history(options: { before?: number; limit?: number } = {}): Promise<ChatPage> {
    const before = options.before ?? oldest(this.#side.getSnapshot().chat) ?? null;
    return this.#history.get(before, options.limit ?? LIMITS.pageMessages);
  }

  markRead(_seq?: number): void {
    // Follows.
  }

  setTyping(on: boolean): void {
    this.#typing.set(on);
  }

  retry(id: string): void {
    const line = this.#find(id);
    if (line?.status !== 'failed') return;
    this.#say(id, line.text);
    this.#flush();
  }

  discard(id: string): void {
    // A line under way may be stored already: it can be taken back only once that is out of doubt.
    if (!this.#find(id) || this.#outbox.isUnderWay(id)) return;
    this.#outbox.remove(id);
    this.#side.dispatch({ type: 'chat-discarded', id });
    this.#settle(id)?.reject(new RtcError('aborted', 'The message was taken back.'));
  }

  onWelcome(): void {
    this.onUnreachable();
    this.#flush();
    this.#history.resend();
  }

  onUnreachable(): void {
    this.#cancelTimer();
    this.#outbox.release();
  }

  /** What the room says about chat. */
  receive(message: AboutChat): void {
    switch (message.type) {
      case 'chat.message':
        return this.#side.dispatch({ type: 'chat-message', message: message.message });
      case 'chat.ack':
        return this.#onAck(message);
      case 'chat.page':
        return this.#onPage(message);
      case 'typing':
        return this.#typing.receive(message);
      case 'error':
        return this.#onError(message);
    }
  }

  close(): void {
    this.#cancelTimer();
    this.#typing.close();
    this.#history.close();
    for (const sent of this.#sends.values()) sent.reject(leftError());
    this.#sends.clear();
  }

  #say(id: string, text: string): void {
    const { connection, you, clockOffsetMs } = this.#side.getSnapshot();
    if (connection === 'closed') throw leftError();
    if (!this.#outbox.add({ id, text })) {
      throw new RtcError(
        'outbox-full',
        `${LIMITS.outboxMessages} messages wait to be sent. Wait until the room can be reached again.`,
        { retryable: true },
      );
    }
    const at = this.#side.clock.now() + clockOffsetMs;
    const author = { user: you?.user ?? '', name: you?.name ?? this.#getName() };
    this.#side.dispatch({
      type: 'chat-pending',
      entry: { id, seq: null, at, ...author, text, kind: 'text', status: 'pending' },
    });
  }

  #flush(): void {
    const item = this.#outbox.next();
    if (!item) return;
    if (this.#side.send({ type: 'chat.send', ...item })) this.#againIn(ACK_MS);
    else this.#outbox.release();
  }

  #againIn(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#side.clock.setTimer(ms, () => {
      this.#outbox.release();
      this.#flush();
    });
  }

  #onAck({ id, seq, at }: ChatAckMessage): void {
    this.#finish(id);
    this.#side.dispatch({ type: 'chat-acked', id, seq, at });
    this.#settle(id)?.resolve({ id, seq, at });
    this.#flush();
  }

  #onPage({ ref, messages, more }: ChatPageMessage): void {
    this.#history.receive(ref, { messages, more });
  }

  #onError({ code, ref, retryAfterMs }: ErrorMessage): void {
    if (ref === undefined) return;
    const passes = code === 'rate-limited' || code === 'not-stored';
    const again = passes ? (retryAfterMs ?? RETRY_MS) : null;
    const error = new RtcError(
      'protocol',
      'The room refused this. Reload the page and try again.',
      {
        cause: code,
      },
    );
    this.#history.onError(ref, error, again);
    if (!this.#outbox.isUnderWay(ref)) return;
    if (again !== null) return this.#againIn(again);
    this.#finish(ref);
    this.#side.dispatch({ type: 'chat-refused', id: ref, problem: toProblem(error) });
    this.#settle(ref)?.reject(error);
    this.#flush();
  }

  #finish(id: string): void {
    if (this.#outbox.isUnderWay(id)) this.#cancelTimer();
    this.#outbox.remove(id);
  }

  /** Whoever waits for this line, who then waits no more. */
  #settle(id: string): Deferred<Sent> | undefined {
    const sent = this.#sends.get(id);
    this.#sends.delete(id);
    return sent;
  }

  #find(id: string) {
    return this.#side
      .getSnapshot()
      .chat.entries.find((entry) => entry.seq === null && entry.id === id);
  }
}
