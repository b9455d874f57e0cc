/**
 * `Room.chat`: sending, editing, reading and searching messages in one room. Connects the outbox and
 * the chat log with the room.
 */
import {
  type ChatAckMessage,
  type ChatDeliveryMessage,
  createId,
  LIMITS,
  type TypingDelivery,
} from '@rtc-elements/protocol';

import type { RoomChat } from '../api/room-api.js';
import type { RoomContext } from '../room/room-context.js';
import type { Requests } from '../signaling/requests.js';
import { leftError, RtcError, toProblem } from '../state/errors.js';
import type { ChatEntry } from '../state/room-state.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import { ChatHistory } from './history.js';
import { createMessageEdits } from './message-edits.js';
import { ReadMarker } from './read-marker.js';
import { checkText } from './rules/check-text.js';
import { Outbox, type OutboxItem } from './rules/outbox.js';
import { Typing } from './typing.js';

type Sent = Awaited<ReturnType<RoomChat['send']>>;

export interface ChatClientOptions {
  /** The name to show with a message written before the first welcome. */
  getName(): string;
  /** Tells the room how far we have read, as the `seq` of a message. */
  tellRead(seq: number): void;
}

export class ChatClient implements RoomChat {
  readonly #room: RoomContext;
  readonly #requests: Requests;
  readonly #options: ChatClientOptions;
  readonly #outbox = new Outbox();
  readonly #history: ChatHistory;
  readonly #typing: Typing;
  readonly #readMarker: ReadMarker;
  /** Callers waiting for their message to be stored, by message id. */
  readonly #sends = new Map<string, Deferred<Sent>>();
  #isClosed = false;
  readonly edit: RoomChat['edit'];
  readonly delete: RoomChat['delete'];
  readonly react: RoomChat['react'];
  readonly search: RoomChat['search'];

  constructor(room: RoomContext, requests: Requests, options: ChatClientOptions) {
    this.#room = room;
    this.#requests = requests;
    this.#options = options;
    this.#history = new ChatHistory(room, requests);
    this.#typing = new Typing(room);
    this.#readMarker = new ReadMarker(room.clock, (seq) => options.tellRead(seq));
    const edits = createMessageEdits(requests);
    this.edit = edits.edit;
    this.delete = edits.delete;
    this.react = edits.react;
    this.search = edits.search;
  }

  async send(raw: string, options: { readonly replyTo?: number } = {}): Promise<Sent> {
    const { replyTo } = options;
    const id = createId();
    this.#add({ id, text: checkText(raw), ...(replyTo !== undefined && { replyTo }) });
    this.setTyping(false);
    const sent = createDeferred<Sent>();
    this.#sends.set(id, sent);
    this.#flush();
    return sent.promise;
  }

  history(options?: Parameters<RoomChat['history']>[0]): ReturnType<RoomChat['history']> {
    return this.#history.get(options);
  }

  markRead(seq = this.#room.getSnapshot().chat.lastSeq): void {
    this.#readMarker.set(seq);
  }

  setTyping(on: boolean): void {
    this.#typing.set(on);
  }

  retry(id: string): void {
    const message = this.#find(id);
    if (message?.status !== 'failed') return;
    const { text, replyTo } = message;
    this.#add({ id, text, ...(replyTo !== undefined && { replyTo }) });
    this.#flush();
  }

  discard(id: string): void {
    // A message being sent may already be stored, so it cannot be discarded until the room has answered.
    if (!this.#find(id) || this.#requests.isUnderWay(id)) return;
    this.#requests.withdraw(id);
    this.#outbox.remove(id);
    this.#room.dispatch({ type: 'chat-discarded', id });
    this.#take(id)?.reject(new RtcError('aborted', 'The message was taken back.'));
    this.#flush();
  }

  /** Takes in a message that arrived, new or revised. */
  receive({ message }: ChatDeliveryMessage): void {
    this.#room.dispatch({ type: 'chat-message', message });
  }

  receiveTyping(message: TypingDelivery): void {
    this.#typing.receive(message);
  }

  close(): void {
    this.#isClosed = true;
    this.#typing.close();
    this.#readMarker.close();
    for (const sent of this.#sends.values()) sent.reject(leftError());
    this.#sends.clear();
  }

  #add(item: OutboxItem): void {
    const { connection, you, clockOffsetMs } = this.#room.getSnapshot();
    if (connection === 'closed') throw leftError();
    if (!this.#outbox.add(item)) {
      throw new RtcError(
        'outbox-full',
        `${LIMITS.outboxMessages} messages wait to be sent. Wait until the room can be reached again.`,
        { retryable: true },
      );
    }
    const at = this.#room.clock.now() + clockOffsetMs;
    const author = { user: you?.user ?? '', name: you?.name ?? this.#options.getName() };
    this.#room.dispatch({
      type: 'chat-pending',
      entry: { ...item, seq: null, at, ...author, kind: 'text', status: 'pending' },
    });
  }

  /** Sends the oldest waiting message, unless one is already being sent (CH-5). */
  #flush(): void {
    const item = this.#outbox.next();
    if (!item) return;
    this.#requests.start({ type: 'chat.send', ...item }, 'until-answered', {
      onAnswer: (ack) => this.#onAck(ack),
      onError: (error) => this.#onRefused(item.id, error),
    });
  }

  #onAck({ id, seq, at }: ChatAckMessage): void {
    this.#outbox.remove(id);
    this.#room.dispatch({ type: 'chat-acked', id, seq, at });
    this.#take(id)?.resolve({ id, seq, at });
    this.#flush();
  }

  #onRefused(id: string, cause: RtcError): void {
    if (this.#isClosed) return;
    const error =
      cause.code === 'not-allowed'
        ? new RtcError('not-allowed', 'You may not write here. Ask a host.', { cause })
        : cause;
    this.#outbox.remove(id);
    this.#room.dispatch({ type: 'chat-refused', id, problem: toProblem(error) });
    this.#take(id)?.reject(error);
    this.#flush();
  }

  /** Removes and returns the caller's promise for this message. */
  #take(id: string): Deferred<Sent> | undefined {
    const sent = this.#sends.get(id);
    this.#sends.delete(id);
    return sent;
  }

  #find(id: string): ChatEntry | undefined {
    return this.#room
      .getSnapshot()
      .chat.entries.find((entry) => entry.seq === null && entry.id === id);
  }
}
