/** Signals that could not be sent while the room was out of reach, in order (SG-5). */
import type { SignalBody } from '@rtc-elements/protocol';

/** Enough for the candidates of a full mesh; older signals are of no use any more. */
const MAX_UNSENT = 500;

export class UnsentSignals {
  readonly #send: (to: string, body: SignalBody) => boolean;
  #queue: { readonly to: string; readonly body: SignalBody }[] = [];

  /** `send` returns `false` if it could not. */
  constructor(send: (to: string, body: SignalBody) => boolean) {
    this.#send = send;
  }

  /** Sends it now, or after those that are waiting already. */
  send(to: string, body: SignalBody): void {
    if (this.#queue.length === 0 && this.#send(to, body)) return;
    // A new offer contains everything that an earlier one did, its candidates included.
    if (body.description?.type === 'offer') {
      this.#queue = this.#queue.filter((one) => one.to !== to || isAnswer(one.body));
    }
    this.#queue.push({ to, body });
    this.#queue.splice(0, this.#queue.length - MAX_UNSENT);
  }

  flush(): void {
    while (this.#queue[0] && this.#send(this.#queue[0].to, this.#queue[0].body)) {
      this.#queue.shift();
    }
  }

  has(to: string): boolean {
    return this.#queue.some((one) => one.to === to);
  }

  forget(to: string): void {
    this.#queue = this.#queue.filter((one) => one.to !== to);
  }
}

const isAnswer = ({ description }: SignalBody): boolean => description?.type === 'answer';
