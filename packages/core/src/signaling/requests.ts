/**
 * Requests to the room, matched to their answers by id. All capabilities use this. Every request is
 * settled exactly once, whatever happens to the connection.
 */
import {
  type ChatAckMessage,
  type ChatPageMessage,
  type ChatSendMessage,
  type ClientMessage,
  createId,
  type DataAckMessage,
  type DoneMessage,
  encode,
  type ErrorMessage,
  type IceMessage,
  utf8Length,
} from '@rtc-elements/protocol';

import { leftError, RtcError } from '../state/errors.js';
import type { RoomContext } from '../room/room-context.js';
import { createDeferred } from '../support/deferred.js';
import { toFaultError } from './fault-error.js';

/** The answer to each type of request. */
interface Answers {
  readonly moderate: DoneMessage;
  readonly 'state.set': DoneMessage;
  readonly 'chat.send': ChatAckMessage;
  readonly 'chat.edit': DoneMessage;
  readonly 'chat.delete': DoneMessage;
  readonly 'chat.react': DoneMessage;
  readonly 'chat.search': ChatPageMessage;
  readonly 'chat.history': ChatPageMessage;
  readonly 'data.send': DataAckMessage;
  readonly 'ice.get': IceMessage;
}

type RequestType = keyof Answers;
type RequestMessage = Extract<ClientMessage, { readonly type: RequestType }>;

/** Any message from the room that answers a request. */
export type Answer = Answers[RequestType];

/** A request without its `ref`, which is assigned when it is sent. `chat.send` has its own `id`. */
export type Question<Type extends RequestType = RequestType> = RequestMessage extends infer Message
  ? Message extends { readonly type: Type }
    ? Omit<Message, 'ref'> & { readonly type: Message['type'] }
    : never
  : never;

/**
 * - `once`: sent now or not at all, and never repeated, because it only makes sense now. Rejected if the
 *   connection ends or the room does not answer within 10 s; the room may still have carried it out.
 * - `until-answered`: sent again after a welcome, after 10 s without an answer, and after a retryable
 *   refusal. Only for requests that the room carries out once however often they arrive.
 */
export type RequestPolicy = 'once' | 'until-answered';

/** Called synchronously in the task in which the answer arrived. */
export interface RequestHandlers<A> {
  onAnswer(answer: A): void;
  onError(error: RtcError): void;
  /** Fields that depend on when the request is sent; asked for each time. */
  amend?(): Pick<ChatSendMessage, 'after' | 'file'>;
}

/** How long the room may take to answer, ms. */
const ANSWER_MS = 10_000;

/** How many requests may wait until the room takes more. The last of them waits for some seconds. */
const MAX_WAITING = 100;

/** The pause before another attempt if the room does not specify one, ms. */
const RETRY_MS = 1_000;

interface OpenRequest {
  readonly message: RequestMessage;
  readonly policy: RequestPolicy;
  readonly handlers: RequestHandlers<Answer>;
  /** Sent on the current connection and not answered yet. */
  isUnderWay: boolean;
  /** Waits until the room takes more. */
  isWaiting: boolean;
  cancelTimer: () => void;
}

export class Requests {
  readonly #room: Pick<RoomContext, 'clock' | 'send' | 'sendRate'>;
  /** By id, in the order in which they were made. */
  readonly #open = new Map<string, OpenRequest>();
  /** Those that wait until the room takes more, in order. */
  #waiting: OpenRequest[] = [];
  #cancelTurn: () => void = () => undefined;

  constructor(room: Pick<RoomContext, 'clock' | 'send' | 'sendRate'>) {
    this.#room = room;
  }

  /**
   * Resolves with the answer.
   * @throws RtcError if the room refuses, see `toFaultError`; `host-unreachable`, `timeout`, or `flooded`
   * (too many are waiting) with the policy `once`; `aborted` once the room was left.
   */
  ask<Type extends RequestType>(
    question: Question<Type>,
    policy: RequestPolicy = 'once',
  ): Promise<Answers[Type]> {
    const answer = createDeferred<Answers[Type]>();
    this.start(question, policy, { onAnswer: answer.resolve, onError: answer.reject });
    return answer.promise;
  }

  /** Like `ask()`, for callers that must handle the answer before any later message from the room. */
  start<Type extends RequestType>(
    question: Question<Type>,
    policy: RequestPolicy,
    handlers: RequestHandlers<Answers[Type]>,
  ): void {
    const message = (
      'id' in question ? question : { ...question, ref: createId() }
    ) as RequestMessage;
    const request: OpenRequest = {
      message,
      policy,
      handlers: handlers,
      isUnderWay: false,
      isWaiting: false,
      cancelTimer: () => undefined,
    };
    this.#open.set(idOf(message), request);
    if (policy === 'once' && this.#waiting.length >= MAX_WAITING) {
      return this.#reject(request, floodedError());
    }
    this.#send(request);
  }

  /** Whether this request was sent on the current connection, so an answer may be on its way. */
  isUnderWay(id: string): boolean {
    return this.#open.get(id)?.isUnderWay === true;
  }

  /** Drops a request; its handlers will not be called. */
  withdraw(id: string): void {
    const request = this.#open.get(id);
    if (!request) return;
    request.cancelTimer();
    request.isWaiting = false;
    this.#open.delete(id);
  }

  receive(answer: Answer): void {
    const id = answer.type === 'chat.ack' ? answer.id : answer.ref;
    const request = this.#open.get(id);
    this.withdraw(id);
    request?.handlers.onAnswer(answer);
  }

  /** Returns the error if it answers no open request and people should hear of it: its code is new to us (UN-5). */
  onError(message: ErrorMessage): RtcError | null {
    const request = this.#open.get(message.ref ?? '');
    const error = toFaultError(message);
    if (!request) return error.code === 'refused' ? error : null;
    if (request.policy === 'once' || !error.retryable) this.#reject(request, error);
    else {
      // It was refused, so it is open again, unless it may have been stored in part.
      if (message.code !== 'not-stored') request.isUnderWay = false;
      this.#setTimer(request, error.retryAfterMs ?? RETRY_MS, () => this.#send(request));
    }
    return null;
  }

  onWelcome(): void {
    for (const request of [...this.#open.values()]) this.#send(request);
  }

  onUnreachable(): void {
    this.#stopWaiting();
    for (const request of [...this.#open.values()]) {
      request.cancelTimer();
      request.isUnderWay = false;
      if (request.policy === 'once') {
        this.#reject(request, unreachable('The connection broke before the room answered.'));
      }
    }
  }

  /** Called when the room was left: rejects all open requests, those of the type `except` excepted. */
  close(except?: RequestType): void {
    if (except === undefined) this.#stopWaiting();
    for (const request of [...this.#open.values()]) {
      if (request.message.type !== except) this.#reject(request, leftError());
    }
  }

  /** Sends it after those that wait, if any, and as soon as the room takes more. */
  #send(request: OpenRequest): void {
    if (request.isWaiting) return;
    request.isWaiting = true;
    this.#waiting.push(request);
    if (this.#waiting.length === 1) this.#sendWaiting();
  }

  #sendWaiting(): void {
    for (;;) {
      const [request] = this.#waiting;
      if (!request) return;
      const waitMs = request.isWaiting ? this.#room.sendRate.take(sizeOf(amended(request))) : 0;
      if (waitMs > 0) {
        this.#cancelTurn = this.#room.clock.setTimer(waitMs, () => this.#sendWaiting());
        return;
      }
      this.#waiting.shift();
      if (request.isWaiting) this.#sendNow(request);
    }
  }

  #stopWaiting(): void {
    this.#cancelTurn();
    for (const request of this.#waiting.splice(0)) request.isWaiting = false;
  }

  #sendNow(request: OpenRequest): void {
    request.isWaiting = false;
    request.isUnderWay = this.#room.send(amended(request));
    if (!request.isUnderWay) {
      if (request.policy === 'once') {
        this.#reject(request, unreachable('You are not in the room now.'));
      }
      return;
    }
    this.#setTimer(request, ANSWER_MS, () => {
      if (request.policy === 'until-answered') this.#send(request);
      else this.#reject(request, timeoutError());
    });
  }

  #setTimer(request: OpenRequest, ms: number, task: () => void): void {
    request.cancelTimer();
    request.cancelTimer = this.#room.clock.setTimer(ms, task);
  }

  #reject(request: OpenRequest, error: RtcError): void {
    this.withdraw(idOf(request.message));
    request.handlers.onError(error);
  }
}

const idOf = (message: RequestMessage): string => ('id' in message ? message.id : message.ref);

const amended = ({ message, handlers }: OpenRequest): RequestMessage =>
  message.type === 'chat.send' ? { ...message, ...handlers.amend?.() } : message;

const sizeOf = (message: RequestMessage): number => utf8Length(encode(message));

const floodedError = (): RtcError =>
  new RtcError('flooded', 'The page asks for more than the room takes. Ask less often.', {
    retryable: true,
    retryAfterMs: RETRY_MS,
  });

const timeoutError = (): RtcError =>
  new RtcError('timeout', 'The room did not answer. Try again.', { retryable: true });

const unreachable = (why: string): RtcError =>
  new RtcError('host-unreachable', `${why} Try again once you are connected.`, { retryable: true });
