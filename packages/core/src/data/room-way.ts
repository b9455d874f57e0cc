/**
 * The way of data through the room, for peers with no open path (DA-1). One frame at a time, and the next after the
 * answer, so that chat and requests go in between.
 */
import { CARRIES_DATA } from '@rtc-elements/protocol';

import { RtcError } from '../state/errors.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import type { Requests } from '../signaling/requests.js';
import { bytesOf, type ActionFrame, toBase64 } from './action-frames.js';
import { tooLargeError } from './check-payload.js';
import { PART_BYTES, partsOf } from './rules/parts.js';
import type { DataContext } from './ports.js';

/** The largest frame, bytes: what the room takes in about twenty seconds. */
export const MOST_ROOM_BYTES = 1_048_576;

/** How much may wait, in bytes and messages. */
const MOST_WAITING_BYTES = 2 * MOST_ROOM_BYTES;
const MOST_WAITING = 256;

/** How often a frame that the room refuses for now is sent again. */
const MOST_ATTEMPTS = 5;

/** The addressees that did not get it, and why. */
export type Failures = ReadonlyMap<string, RtcError>;

interface Waiting {
  readonly to: readonly string[];
  readonly bytes: Uint8Array;
  readonly id: number;
  readonly sent: Deferred<Failures>;
}

export class RoomWay {
  readonly #context: Pick<DataContext, 'clock' | 'features'>;
  readonly #requests: Pick<Requests, 'ask'>;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;

  constructor(context: Pick<DataContext, 'clock' | 'features'>, requests: Pick<Requests, 'ask'>) {
    this.#context = context;
    this.#requests = requests;
  }

  /** Whether the room takes data at all. */
  get isOpen(): boolean {
    return this.#context.features().includes(CARRIES_DATA);
  }

  /** Whether something waits. */
  get isBusy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves once the room has answered for all of it. `id`: of the message, if it goes in parts. */
  async send(to: readonly string[], frame: ActionFrame, id: number): Promise<Failures> {
    const bytes = bytesOf(frame);
    if (bytes.byteLength > MOST_ROOM_BYTES) return failed(to, tooLargeError(MOST_ROOM_BYTES));
    const isFull =
      this.#waiting.length >= MOST_WAITING ||
      this.#waitingBytes + bytes.byteLength > MOST_WAITING_BYTES;
    if (isFull) return failed(to, floodedError());
    const waiting: Waiting = { to, bytes, id, sent: createDeferred() };
    this.#waiting.push(waiting);
    this.#waitingBytes += bytes.byteLength;
    if (this.#waiting.length === 1) void this.#run();
    return waiting.sent.promise;
  }

  async #run(): Promise<void> {
    for (;;) {
      const [next] = this.#waiting;
      if (!next) return;
      next.sent.resolve(await this.#sendAll(next));
      this.#waiting.shift();
      this.#waitingBytes -= next.bytes.byteLength;
    }
  }

  async #sendAll({ to, bytes, id }: Waiting): Promise<Failures> {
    const failures = new Map<string, RtcError>();
    const frames = bytes.byteLength > PART_BYTES ? partsOf(bytes, id) : [bytes];
    for (const frame of frames) {
      const left = to.filter((session) => !failures.has(session));
      if (left.length === 0) break;
      try {
        const { gone = [], unable = [] } = await this.#ask(left, toBase64(frame));
        for (const session of gone) failures.set(session, goneError());
        for (const session of unable) failures.set(session, unsupportedError());
      } catch (error) {
        for (const session of left) failures.set(session, error as RtcError);
      }
    }
    return failures;
  }

  async #ask(
    to: readonly string[],
    data: string,
  ): Promise<{ readonly gone?: readonly string[]; readonly unable?: readonly string[] }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#requests.ask({ type: 'data.send', to, data });
      } catch (error) {
        const { code, retryAfterMs } = error as RtcError;
        if (code !== 'flooded' || retryAfterMs === undefined || attempt >= MOST_ATTEMPTS)
          throw error;
        await new Promise<void>((resolve) => this.#context.clock.setTimer(retryAfterMs, resolve));
      }
    }
  }
}

const failed = (to: readonly string[], error: RtcError): Failures =>
  new Map(to.map((session) => [session, error]));

export const goneError = (): RtcError =>
  new RtcError('not-found', 'This person is not in the room any more.');

export const unsupportedError = (): RtcError =>
  new RtcError('unsupported', 'This person has an older version, which takes no actions.');

export const floodedError = (): RtcError =>
  new RtcError('flooded', 'More is sent than the line takes. Wait for what was sent before.', {
    retryable: true,
    retryAfterMs: 1_000,
  });
