/** Encrypts what we send and decrypts what we receive, frame by frame, in a worker. */
import type { Source } from '@rtc-elements/protocol';

import type { EncryptionKeys } from '../api/room-api.js';
import type { Clock } from '../ports.js';
import { RtcError } from '../state/errors.js';
import { createDeferred } from '../support/deferred.js';
import { inTime } from '../support/in-time.js';
import { checkKeys } from './check-keys.js';
import type { FromWorker, TransformOptions } from './rules/worker-language.js';

/** How long the worker may take to load, ms. */
const LOAD_MS = 8_000;

export class MediaEncryption {
  readonly #worker: Worker;
  readonly #clock: Clock;
  readonly #onDropping: (error: RtcError) => void;
  /** Rejects if the worker fails. */
  readonly #failed = createDeferred<never>();
  /** Who waits for the worker to take keys, in order. */
  readonly #waiting: (() => void)[] = [];
  #isReady = false;
  #hasFailed = false;

  /**
   * `onDropping`: no frame passes any more in one direction.
   * @throws RtcError `unsupported`, `encryption-failed`.
   */
  constructor(
    workerUrl: EncryptionKeys['workerUrl'],
    clock: Clock,
    onDropping: (error: RtcError) => void,
  ) {
    if (typeof RTCRtpScriptTransform !== 'function') throw unsupportedError();
    this.#clock = clock;
    this.#onDropping = onDropping;
    this.#worker = openWorker(workerUrl);
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      // Told below; it is no failure of the page.
      event.preventDefault();
      this.#onFailure(workerError(event.message));
    };
    this.#failed.promise.catch(() => undefined);
  }

  /** Whether its worker has failed, so that it takes no more keys. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /**
   * Resolves once the keys are in force.
   * @throws RtcError `encryption-failed`, `timeout`; the keys before stay in force then.
   */
  async setKeys(keys: EncryptionKeys): Promise<void> {
    checkKeys(keys);
    const taken = new Promise<void>((resolve) => void this.#waiting.push(resolve));
    this.#worker.postMessage({ keys: keys.keys, sendWith: keys.sendWith });
    await inTime(Promise.race([taken, this.#failed.promise]), LOAD_MS, this.#clock);
  }

  ofSender(source: Source): RTCRtpScriptTransform {
    return this.#transform('encrypt', source);
  }

  ofReceiver(source: Source): RTCRtpScriptTransform {
    return this.#transform('decrypt', source);
  }

  close(): void {
    this.#worker.terminate();
  }

  #transform(operation: TransformOptions['operation'], source: Source): RTCRtpScriptTransform {
    const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
    const options: TransformOptions = { operation, kind };
    return new RTCRtpScriptTransform(this.#worker, options);
  }

  #receive(message: FromWorker): void {
    if (message.type === 'dropping') return this.#onDropping(droppingError(message));
    this.#isReady = true;
    this.#waiting.shift()?.();
  }

  #onFailure(error: RtcError): void {
    this.#hasFailed = true;
    this.#failed.reject(error);
    if (this.#isReady) this.#onDropping(error);
  }
}

/** Written so that bundlers find the file of the worker. */
function openWorker(workerUrl: EncryptionKeys['workerUrl']): Worker {
  try {
    return workerUrl === undefined
      ? new Worker(new URL('./frame-worker.js', import.meta.url), { type: 'module' })
      : new Worker(workerUrl, { type: 'module' });
  } catch (cause) {
    throw workerError(String(cause));
  }
}

const unsupportedError = (): RtcError =>
  new RtcError(
    'unsupported',
    'This browser cannot encrypt a call. Use a current version of Chrome, Edge, Firefox or Safari.',
  );

const workerError = (cause: string): RtcError =>
  new RtcError(
    'encryption-failed',
    'The worker that encrypts the call could not be started, so nothing is sent. ' +
      'Serve "frame-worker.js" from the origin of the page, allow it by "worker-src", and give its address as "workerUrl".',
    { cause, retryable: true },
  );

const droppingError = ({ operation, reason }: FromWorker & { type: 'dropping' }): RtcError =>
  reason === 'codec'
    ? new RtcError(
        'unsupported',
        'The codec in use cannot be encrypted, so nothing is sent or shown.',
      )
    : new RtcError(
        'encryption-failed',
        operation === 'encrypt'
          ? 'There is no key to encrypt with, so nothing is sent.'
          : 'What somebody sends cannot be decrypted. Check that everybody has the same keys.',
      );
