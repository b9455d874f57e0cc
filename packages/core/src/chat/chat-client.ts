/**
 * `Room.chat`: sending, editing, reading and searching messages in one room. Connects the outbox and
 * the chat log with the room.
 */
import {
  type ChatAckMessage,
  type ChatDeliveryMessage,
  createId,
  KEEPS_ORDER,
  LIMITS,
  TAKES_CHAT_FILES,
  type TypingDelivery,
  type UnsentMessage,
} from '@rtc-elements/protocol';

import type { RoomChat } from '../api/room-api.js';
import type { RoomContext } from '../room/room-context.js';
import type { Requests } from '../signaling/requests.js';
import { leftError, notSentError, RtcError, toProblem } from '../state/errors.js';
import type { ChatEntry } from '../state/room-state.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import { ChatHistory } from './history.js';
import type { UnsentAuthor } from './left-messages.js';
import { createMessageEdits } from './message-edits.js';
import { ReadMarker } from './read-marker.js';
import { MOST_UNANSWERED, Outbox, type OutboxItem } from './rules/outbox.js';
import { createItem, itemOf, type MessageParts } from './rules/outbox-item.js';
import { Typing } from './typing.js';
import { UnsentMessages } from './unsent-messages.js';

const NONE: ReadonlySet<string> = new Set();

type Sent = Awaited<ReturnType<RoomChat['send']>>;

export interface ChatClientOptions {
  /** The room's WebSocket address. */
  readonly url: string;
  /** The name to show with a message written before the first welcome. */
  getName(): string;
  /** Tells the room how far we have read, as the `seq` of a message. */
  tellRead(seq: number): void;
}

export class ChatClient implements RoomChat {
  readonly #room: RoomContext;
  readonly #requests: Requests;
  readonly #options: ChatClientOptions;
  #outbox = new Outbox();
  readonly #history: ChatHistory;
  readonly #typing: Typing;
  #readMarker: ReadMarker;
  /** Callers waiting for their message to be stored, by message id. */
  readonly #sends = new Map<string, Deferred<Sent>>();
  #unsent: UnsentMessages;
  /** Settles once the messages of our former stay can be taken over. */
  #released = Promise.resolve();
  #isClosed = false;
  /** Called once every message is stored or refused, after `drain()`. */
  #onDrained: (() => void) | null = null;
  readonly edit: RoomChat['edit'];
  readonly delete: RoomChat['delete'];
  readonly react: RoomChat['react'];
  readonly search: RoomChat['search'];

  constructor(room: RoomContext, requests: Requests, options: ChatClientOptions) {
    this.#room = room;
    this.#requests = requests;
    this.#options = options;
    this.#history = new ChatHistory(room, requests);
    this.#unsent = this.#newUnsent();
    this.#typing = new Typing(room);
    this.#readMarker = this.#newMarker();
    const edits = createMessageEdits(requests);
    this.edit = edits.edit;
    this.delete = edits.delete;
    this.react = edits.react;
    this.search = edits.search;
  }

  async send(raw: string, parts: MessageParts = {}): Promise<Sent> {
    const id = createId();
    const isIn = this.#room.getSnapshot().connection === 'connected';
    this.#add(createItem(id, raw, parts, isIn ? this.#room.features() : null));
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
    this.#add(itemOf(message));
    this.#flush();
  }

  discard(id: string): void {
    // A message being sent may already be stored, so it cannot be discarded until the room has answered.
    if (!this.#find(id) || this.#requests.isUnderWay(id)) return;
    this.#requests.withdraw(id);
    this.#outbox.remove(id);
    this.#room.dispatch({ type: 'chat-discarded', id });
    this.#keep();
    this.#take(id)?.reject(new RtcError('aborted', 'The message was taken back.'));
    this.#flush();
  }

  /** Takes in a message that arrived, new or revised. */
  receive({ message }: ChatDeliveryMessage): void {
    const isOurs = this.#find(message.id) !== undefined;
    this.#room.dispatch({ type: 'chat-message', message });
    if (isOurs) this.#keep();
  }

  receiveTyping(message: TypingDelivery): void {
    this.#typing.receive(message);
  }

  /** Offers the messages again that were not sent in an earlier stay, and did not come with the welcome. */
  async onWelcome(): Promise<void> {
    const unsent = this.#unsent;
    this.#keep();
    await this.#released;
    await unsent.takeOver(this.#author, (messages) => this.#offer(unsent, messages));
  }

  /** The page goes away: sends as much as the room takes at once. */
  onHide(): void {
    this.#flush(Infinity);
  }

  /** Resolves once no message is on its way any more. `null`: none is, or the room cannot be reached. */
  drain(): Promise<void> | null {
    const isReachable = this.#room.getSnapshot().connection === 'connected';
    this.#typing.close();
    if (!isReachable || this.#outbox.size === 0) return null;
    return new Promise((resolve) => (this.#onDrained = resolve));
  }

  /** Begins anew after `close()`: with another stay, nothing of the former is sent unless the person wants it. */
  open(): void {
    this.#isClosed = false;
    this.#onDrained = null;
    this.#outbox = new Outbox();
    this.#readMarker = this.#newMarker();
    this.#unsent = this.#newUnsent();
  }

  /** The room was left. What is not stored by now is kept in the browser. */
  close(): void {
    this.#isClosed = true;
    this.#typing.close();
    this.#readMarker.close();
    const isKept = this.#keep();
    for (const { id, file } of this.#outbox.items) {
      const error = notSentError(isKept && !file);
      this.#room.dispatch({ type: 'chat-refused', id, problem: toProblem(error) });
      this.#take(id)?.reject(error);
    }
    this.#released = this.#unsent.release();
  }

  #newUnsent(): UnsentMessages {
    return new UnsentMessages(this.#options.url, this.#room.clock);
  }

  #newMarker(): ReadMarker {
    return new ReadMarker(this.#room.clock, (seq) => this.#options.tellRead(seq));
  }

  #add(item: OutboxItem): void {
    const { connection, clockOffsetMs } = this.#room.getSnapshot();
    if (connection === 'closed') throw leftError();
    if (!this.#outbox.add(item)) {
      throw new RtcError(
        'outbox-full',
        `${LIMITS.outboxMessages} messages wait to be sent. Wait until the room can be reached again.`,
        { retryable: true },
      );
    }
    this.#show(item, this.#room.clock.now() + clockOffsetMs);
    this.#keep();
  }

  #show(item: OutboxItem, at: number): void {
    this.#room.dispatch({
      type: 'chat-pending',
      entry: {
        ...item,
        seq: null,
        at,
        ...this.#author,
        kind: item.file ? 'file' : 'text',
        status: 'pending',
      },
    });
  }

  get #author(): UnsentAuthor {
    const { you } = this.#room.getSnapshot();
    return { user: you?.user ?? '', name: you?.name ?? this.#options.getName() };
  }

  /**
   * Shows messages of an earlier stay, unless the room has them after all. Returns `false` if this stay has ended, or
   * the browser does not keep them.
   */
  async #offer(unsent: UnsentMessages, messages: readonly UnsentMessage[]): Promise<boolean> {
    const { user } = this.#author;
    // If that cannot be found out, it is better to offer too much.
    const known = await import('./stored-messages.js')
      .then(({ findStored }) => findStored(this.#room, this.#requests, user, messages))
      .catch(() => NONE);
    // It is closed before the last messages were sent.
    const isOver = this.#room.getSnapshot().connection === 'closed';
    if (isOver || unsent !== this.#unsent) return false;
    const problem = toProblem(notSentError(true));
    for (const { at, ...item } of messages) {
      if (known.has(item.id)) {
        this.#room.dispatch({ type: 'chat-discarded', id: item.id });
        continue;
      }
      this.#show(item, at);
      this.#room.dispatch({ type: 'chat-refused', id: item.id, problem });
    }
    return this.#keep();
  }

  /** Keeps in the browser what the room does not have. Returns `false` if it cannot. */
  #keep(): boolean {
    const { entries } = this.#room.getSnapshot().chat;
    const messages = entries
      // With the page, the file goes that only the page has.
      .filter(({ seq, file }) => seq === null && !file)
      .map(({ id, text, replyTo, at }) => ({ id, text, at, ...(replyTo && { replyTo }) }));
    return this.#unsent.save(this.#author, messages);
  }

  /** Sends the oldest waiting messages (CH-5, CH-10). */
  #flush(mostUnanswered = MOST_UNANSWERED): void {
    for (;;) {
      const item = this.#outbox.next(this.#keepsOrder ? mostUnanswered : 1);
      if (!item) return;
      const { file, ...message } = item;
      this.#requests.start({ type: 'chat.send', ...message }, 'until-answered', {
        onAnswer: (ack) => this.#onAck(ack),
        onError: (error) => this.#onRefused(item.id, error),
        amend: () => ({
          ...this.#place(item.id),
          ...(file && this.#takes(TAKES_CHAT_FILES) && { file }),
        }),
      });
    }
  }

  get #keepsOrder(): boolean {
    return this.#takes(KEEPS_ORDER);
  }

  #takes(feature: string): boolean {
    return this.#room.features().includes(feature);
  }

  /** Tells the room which message this one comes after (CH-10). */
  #place(id: string): { readonly after?: string } {
    const after = this.#keepsOrder ? this.#outbox.before(id) : undefined;
    return after === undefined ? {} : { after };
  }

  #onAck({ id, seq, at }: ChatAckMessage): void {
    this.#outbox.remove(id);
    this.#room.dispatch({ type: 'chat-acked', id, seq, at });
    this.#take(id)?.resolve({ id, seq, at });
    this.#onAnswered();
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
    this.#onAnswered();
  }

  #onAnswered(): void {
    this.#keep();
    this.#flush();
    if (this.#outbox.size === 0) this.#onDrained?.();
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
