// What is asked of the room and answered by `ref`: each request settles once, whatever happens.
import {
  type ChatPageMessage,
  type ClientMessage,
  createId,
  type DoneMessage,
  type ErrorMessage,
  type IceMessage,
} from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import { leftError, type RoomContext } from '../room/room-context.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import { toFaultError } from './fault-error.js';

type Answer = DoneMessage | ChatPageMessage | IceMessage;

/** What answers which question. */
type AnswerTo<Type> = Type extends 'chat.search'
  ? ChatPageMessage
  : Type extends 'ice.get'
    ? IceMessage
    : DoneMessage;

type Asked = Extract<
  ClientMessage,
  {
    readonly type:
      | 'moderate'
      | 'state.set'
      | 'chat.edit'
      | 'chat.delete'
      | 'chat.react'
      | 'chat.search'
      | 'ice.get';
  }
>;

/** A request without the `ref` by which its answer is known. */
export type Question = Asked extends infer Message
  ? Message extends Asked
    ? Omit<Message, 'ref'>
    : never
  : never;

/** How long the room may take to answer. */
const ANSWER_MS = 10_000;

interface Open {
  readonly answer: Deferred<Answer>;
  readonly cancelTimer: () => void;
}

export class Requests {
  readonly #side: RoomContext;
  readonly #open = new Map<string, Open>();

  constructor(side: RoomContext) {
    this.#side = side;
  }

  /** Asks now or not at all: what a host decides is about this moment, so nothing waits for a connection. */
  async ask<Asked extends Question>(question: Asked): Promise<AnswerTo<Asked['type']>> {
    const ref = createId();
    if (!this.#side.send({ ...question, ref })) {
      throw unreachable('You are not in the room now.');
    }
    const answer = createDeferred<Answer>();
    const cancelTimer = this.#side.clock.setTimer(ANSWER_MS, () =>
      this.#take(ref)?.reject(
        new RtcError('timeout', 'The room did not answer. Try again.', { retryable: true }),
      ),
    );
    this.#open.set(ref, { answer, cancelTimer });
    return (await answer.promise) as AnswerTo<Asked['type']>;
  }

  receive(answer: Answer): void {
    this.#take(answer.ref)?.resolve(answer);
  }

  onError(message: ErrorMessage): void {
    if (message.ref !== undefined) this.#take(message.ref)?.reject(toFaultError(message));
  }

  /** The connection ended before these were answered; whether they were carried out is not known. */
  onUnreachable(): void {
    this.#rejectAll(unreachable('The connection broke before the room answered.'));
  }

  close(): void {
    this.#rejectAll(leftError());
  }

  #rejectAll(error: RtcError): void {
    for (const ref of [...this.#open.keys()]) this.#take(ref)?.reject(error);
  }

  #take(ref: string): Deferred<Answer> | undefined {
    const open = this.#open.get(ref);
    this.#open.delete(ref);
    open?.cancelTimer();
    return open?.answer;
  }
}

const unreachable = (why: string): RtcError =>
  new RtcError('host-unreachable', `${why} Try again once you are connected.`, { retryable: true });
