// The chat of a room: connects outbox, log and typing with the socket and the clock.
import {
  type ChatAckMessage,
  createId,
  type ErrorMessage,
  LIMITS,
  type ChatDeliveryMessage,
  type TypingDelivery,
} from '@rtc-elements/protocol';

import { checkText } from './rules/check-text.js';
import { Outbox, type OutboxItem } from './rules/outbox.js';
import { RtcError, toProblem } from '../state/errors.js';
import type { ChatAnnex } from '../ports.js';
import type { RoomChat } from '../api/room-api.js';
import { ReadMarker } from './read-marker.js';
import { leftError, type RoomContext } from '../room/room-context.js';
import { Typing } from './typing.js';
import { createDeferred, type Deferred } from '../support/deferred.js';

/** How long the room may take to store a line before it is sent again. */
const ACK_MS = 10_000;

/** The pause before another try when the room does not name one. */
const RETRY_MS = 1_000;

type Sent = Awaited<ReturnType<RoomChat['send']>>;

type AboutChat = ChatAckMessage | ChatDeliveryMessage | ErrorMessage | TypingDelivery;

/** Implements `Room.chat`. What the room says comes in through `on…` and `receive`. */
export class ChatClient implements Omit<RoomChat, keyof ChatAnnex> {
  readonly #side: RoomContext;
  readonly #getName: () => string;
  readonly #outbox = new Outbox();
  readonly #typing: Typing;
  readonly #read: ReadMarker;
  readonly #sends = new Map<string, Deferred<Sent>>();
  #cancelTimer: () => void = () => undefined;

  /** `tellRead` says how far we have read. */
  constructor(side: RoomContext, getName: () => string, tellRead: (read: number) => void) {
    this.#side = side;
    this.#getName = getName;
    this.#typing = new Typing(side);
    this.#read = new ReadMarker(side.clock, tellRead);
  }

  async send(raw: string, options: { readonly replyTo?: number } = {}): Promise<Sent> {
    const { replyTo } = options;
    const id = createId();
    this.#say({ id, text: checkText(raw), ...(replyTo !== undefined && { replyTo }) });
    this.setTyping(false);
    const sent = createDeferred<Sent>();
    this.#sends.set(id, sent);
    this.#flush();
    return sent.promise;
  }

  markRead(seq = this.#side.getSnapshot().chat.lastSeq): void {
    this.#read.set(seq);
  }

  setTyping(on: boolean): void {
    this.#typing.set(on);
  }

  retry(id: string): void {
    const line = this.#find(id);
    if (line?.status !== 'failed') return;
    const { text, replyTo } = line;
    this.#say({ id, text, ...(replyTo !== undefined && { replyTo }) });
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
      case 'typing':
        return this.#typing.receive(message);
      case 'error':
        return this.#onError(message);
    }
  }

  close(): void {
    this.#cancelTimer();
    this.#typing.close();
    this.#read.close();
    for (const sent of this.#sends.values()) sent.reject(leftError());
    this.#sends.clear();
  }

  #say(item: OutboxItem): void {
    const { connection, you, clockOffsetMs } = this.#side.getSnapshot();
    if (connection === 'closed') throw leftError();
    if (!this.#outbox.add(item)) {
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
      entry: { ...item, seq: null, at, ...author, kind: 'text', status: 'pending' },
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

  #onError({ code, ref, retryAfterMs }: ErrorMessage): void {
    if (ref === undefined || !this.#outbox.isUnderWay(ref)) return;
    if (code === 'rate-limited' || code === 'not-stored') {
      return this.#againIn(retryAfterMs ?? RETRY_MS);
    }
    const error =
      code === 'forbidden'
        ? new RtcError('not-allowed', 'You may not write here. Ask a host.')
        : new RtcError('protocol', 'The room refused this. Reload the page.', {
            cause: code,
          });
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
