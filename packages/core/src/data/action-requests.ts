/** Our requests to peers that wait for a reply: settled once, whatever comes or does not. */
import type { ActionAnswer, ActionSent, DataWay, ActionRequestOptions } from '../api/data-api.js';
import type { RtcErrorCode } from '../state/error-codes.js';
import { leftError, RtcError } from '../state/errors.js';
import type { DataContext } from './ports.js';
import { floodedError, goneError } from './room-way.js';
import type { ActionMessage, RemoteFault } from './rules/action-message.js';

/** How long a reply may take unless the page says otherwise, ms. */
const ANSWER_MS = 10_000;

/** How many may wait at a time. */
const MOST_WAITING = 1_024;

interface Waiting {
  readonly session: string;
  readonly deadline: number;
  settle(answer: ActionAnswer<unknown>): void;
}

export class ActionRequests {
  readonly #context: Pick<DataContext, 'clock' | 'getSnapshot' | 'subscribe'>;
  readonly #waiting = new Map<number, Waiting>();
  #unsubscribe: (() => void) | null = null;
  #last = 0;
  /** When the timer fires; `null`: it is not running. */
  #alarmAt: number | null = null;
  #cancelAlarm: () => void = () => undefined;

  constructor(context: Pick<DataContext, 'clock' | 'getSnapshot' | 'subscribe'>) {
    this.#context = context;
  }

  /** `send` gets the number of the request. Never rejects. */
  ask(
    session: string,
    send: (request: number) => Promise<ActionSent>,
    { timeoutMs = ANSWER_MS, signal }: ActionRequestOptions,
  ): Promise<ActionAnswer<unknown>> {
    const fail = (error: RtcError): ActionAnswer<unknown> => ({ session, error });
    if (signal?.aborted) return Promise.resolve(fail(abortedError()));
    if (this.#waiting.size >= MOST_WAITING) return Promise.resolve(fail(floodedError()));
    this.#last += 1;
    const request = this.#last;
    return new Promise((resolve) => {
      const abort = (): void => settle(fail(abortedError()));
      const settle = (answer: ActionAnswer<unknown>): void => {
        signal?.removeEventListener('abort', abort);
        this.#end(request);
        resolve(answer);
      };
      signal?.addEventListener('abort', abort);
      const deadline = this.#context.clock.now() + timeoutMs;
      this.#waiting.set(request, { session, deadline, settle });
      this.#arm(deadline);
      this.#unsubscribe ??= this.#context.subscribe(() => this.#look());
      void send(request).then(({ error }) => {
        if (error) settle(fail(error));
      });
    });
  }

  /** A reply; one that nobody waits for, or of somebody else, has no effect. */
  take(session: string, via: DataWay, message: Exclude<ActionMessage, { type: 'call' }>): void {
    const waiting = this.#waiting.get(message.reply);
    if (waiting?.session !== session) return;
    if (message.type === 'reply') waiting.settle({ session, via, value: message.data });
    else waiting.settle({ session, error: remoteError(message.code, message.message) });
  }

  #end(request: number): void {
    this.#waiting.delete(request);
    if (this.#waiting.size > 0) return;
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  /** One timer for all: each one of its own costs more than the rest of a request. */
  #arm(deadline: number): void {
    if (this.#alarmAt !== null && this.#alarmAt <= deadline) return;
    const { clock } = this.#context;
    this.#cancelAlarm();
    this.#alarmAt = deadline;
    this.#cancelAlarm = clock.setTimer(Math.max(0, deadline - clock.now()), () => {
      this.#alarmAt = null;
      const now = clock.now();
      for (const { session, deadline: due, settle } of [...this.#waiting.values()]) {
        if (due <= now) settle({ session, error: timeoutError() });
        else this.#arm(due);
      }
    });
  }

  /** Whoever has left does not answer. */
  #look(): void {
    const { connection, peers } = this.#context.getSnapshot();
    const here = new Set(peers.map(({ session }) => session));
    for (const { session, settle } of [...this.#waiting.values()]) {
      if (connection === 'closed') settle({ session, error: leftError() });
      else if (!here.has(session)) settle({ session, error: goneError() });
    }
  }
}

const CODES: Readonly<Record<RemoteFault, RtcErrorCode>> = {
  failed: 'remote-failed',
  'not-found': 'not-found',
  'bad-argument': 'bad-argument',
  flooded: 'flooded',
};

const remoteError = (fault: RemoteFault, message: string): RtcError =>
  new RtcError(CODES[fault], message, { retryable: fault === 'flooded' });

const abortedError = (): RtcError => new RtcError('aborted', 'The request was aborted.');

const timeoutError = (): RtcError =>
  new RtcError('timeout', 'This person did not answer. Try again.', { retryable: true });
