// The place of the call in a room: empty until media is wanted, and again after leaving the call.
import type { SignalDelivery, Source } from '@rtc-elements/protocol';

import { RtcError } from './errors.js';
import type { CompleteOptions } from './options.js';
import type { Call, CallHost } from './ports.js';
import type { RoomMedia } from './room-api.js';
import { leftError } from './room-side.js';

/** Makes a call; see `call.ts`. */
export type CreateCall = (host: CallHost, options: CompleteOptions) => Call;

/** Fetches the part of the package that makes calls. */
export type LoadCall = () => Promise<CreateCall>;

/** Signals kept while the call loads; more than a full mesh sends in that time. */
const MAX_EARLY_SIGNALS = 200;

export class CallSeat {
  readonly #options: CompleteOptions;
  readonly #load: LoadCall;
  readonly #host: CallHost;
  /** Told once per call, as soon as it is there. */
  readonly #onReady: (call: Call) => void;
  #call: Call | null = null;
  #loading: Promise<Call> | null = null;
  #earlySignals: SignalDelivery[] = [];

  constructor(
    options: CompleteOptions,
    load: LoadCall,
    host: CallHost,
    onReady: (call: Call) => void,
  ) {
    this.#options = options;
    this.#load = load;
    this.#host = host;
    this.#onReady = onReady;
  }

  /** The call, once it is there. */
  get call(): Call | null {
    return this.#call;
  }

  /** `Room.media`: loads the call when first used. */
  readonly media: RoomMedia = {
    setMicrophone: (choice) => this.use((call) => call.media.setMicrophone(choice)),
    setCamera: (choice) => this.use((call) => call.media.setCamera(choice)),
    shareScreen: (options) => this.use((call) => call.media.shareScreen(options)),
    stopScreen: () => this.#call?.media.stopScreen(),
    setSpeaker: (deviceId) => {
      // A failed load is reported to whoever needs the call for more than this.
      this.use((call) => call.media.setSpeaker(deviceId)).catch(() => undefined);
    },
    getTrack: (source: Source) => this.#call?.media.getTrack(source) ?? null,
  };

  /** Runs `task` with the call, loaded if need be; never with one that was closed meanwhile. */
  async use<T>(task: (call: Call) => T | Promise<T>): Promise<T> {
    if (this.#host.getSnapshot().connection === 'closed') throw leftError();
    this.#loading ??= this.#open();
    const call = await this.#loading;
    if (this.#call !== call) throw leftError();
    return task(call);
  }

  receiveSignal(signal: SignalDelivery): void {
    if (this.#call) this.#call.receiveSignal(signal);
    else if (this.#loading && this.#earlySignals.length < MAX_EARLY_SIGNALS) {
      this.#earlySignals.push(signal);
    }
  }

  /** Empties the seat; whatever the old call still does is not heard. */
  close(): void {
    const call = this.#call;
    this.#call = null;
    this.#loading = null;
    this.#earlySignals = [];
    call?.close();
  }

  #open(): Promise<Call> {
    const loading: Promise<Call> = this.#load().then(
      (create) => {
        if (this.#loading !== loading) throw leftError();
        return this.#fill(create);
      },
      (cause: unknown) => {
        if (this.#loading === loading) this.#loading = null;
        throw new RtcError(
          'part-unavailable',
          'The part of the page for audio and video could not be loaded. Reload the page.',
          { cause, retryable: true },
        );
      },
    );
    return loading;
  }

  #fill(create: CreateCall): Call {
    const call = create(this.#host, this.#options);
    this.#call = call;
    this.#onReady(call);
    for (const signal of this.#earlySignals.splice(0)) call.receiveSignal(signal);
    return call;
  }
}
