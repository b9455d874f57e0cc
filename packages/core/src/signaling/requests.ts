/**
 * Requests to the room, matched to their answers by id. All capabilities use this. Every request is
 * settled exactly once, whatever happens to the connection.
 */
import {
  type ChatAckMessage,
  type ChatPageMessage,
  type ClientMessage,
  createId,
  type DoneMessage,
  type ErrorMessage,
  type IceMessage,
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
}

/** How long the room may take to answer, ms. */
const ANSWER_MS = 10_000;

/** The pause before another attempt if the room does not specify one, ms. */
const RETRY_MS = 1_000;

interface OpenRequest {
  readonly message: RequestMessage;
  readonly policy: RequestPolicy;
  readonly handlers: RequestHandlers<Answer>;
  /** Sent on the current connection and not answered yet. */
  isUnderWay: boolean;
  cancelTimer: () => void;
}

export class Requests {
  readonly #room: Pick<RoomContext, 'clock' | 'send'>;
  /** By id, in the order in which they were made. */
  readonly #open = new Map<string, OpenRequest>();

  constructor(room: Pick<RoomContext, 'clock' | 'send'>) {
    this.#room = room;
  }

  /**
   * Resolves with the answer.
   * @throws RtcError if the room refuses, see `toFaultError`; `host-unreachable` or `timeout` with the
   * policy `once`; `aborted` once the room was left.
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
      cancelTimer: () => undefined,
    };
    this.#open.set(idOf(message), request);
    this.#send(request);
    if (!request.isUnderWay && policy === 'once') {
      this.#reject(request, unreachable('You are not in the room now.'));
    }
  }

  /** Whether this request was sent on the current connection, so an answer may be on its way. */
  isUnderWay(id: string): boolean {
    return this.#open.get(id)?.isUnderWay === true;
  }

  /** Drops a request; its handlers will not be called. */
  withdraw(id: string): void {
    this.#open.get(id)?.cancelTimer();
    this.#open.delete(id);
  }

  receive(answer: Answer): void {
    const id = answer.type === 'chat.ack' ? answer.id : answer.ref;
    const request = this.#open.get(id);
    this.withdraw(id);
    request?.handlers.onAnswer(answer);
  }

  onError(message: ErrorMessage): void {
    const request = this.#open.get(message.ref ?? '');
    if (!request) return;
    const error = toFaultError(message);
    if (request.policy === 'once' || !error.retryable) return this.#reject(request, error);
    // It was refused, so it is open again, unless it may have been stored in part.
    if (message.code !== 'not-stored') request.isUnderWay = false;
    this.#setTimer(request, error.retryAfterMs ?? RETRY_MS, () => this.#send(request));
  }

  onWelcome(): void {
    for (const request of [...this.#open.values()]) this.#send(request);
  }

  onUnreachable(): void {
    for (const request of [...this.#open.values()]) {
      request.cancelTimer();
      request.isUnderWay = false;
      if (request.policy === 'once') {
        this.#reject(request, unreachable('The connection broke before the room answered.'));
      }
    }
  }

  /** Called when the room was left: rejects all open requests. */
  close(): void {
    for (const request of [...this.#open.values()]) this.#reject(request, leftError());
  }

  #send(request: OpenRequest): void {
    request.isUnderWay = this.#room.send(request.message);
    if (!request.isUnderWay) return;
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

const timeoutError = (): RtcError =>
  new RtcError('timeout', 'The room did not answer. Try again.', { retryable: true });

const unreachable = (why: string): RtcError =>
  new RtcError('host-unreachable', `${why} Try again once you are connected.`, { retryable: true });
