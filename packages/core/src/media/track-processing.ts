/**
 * What a page does to the picture or sound of one of our devices before it is sent. What cannot be processed is not
 * sent at all: somebody who hides what is behind them must not be seen without that.
 */
import type { TrackProcessor } from '../api/media-api.js';
import type { Clock } from '../ports.js';
import { RtcError } from '../state/errors.js';
import { createDeferred, type Deferred } from '../support/deferred.js';
import type { DeviceSource } from './acquire.js';
import { PROCESSOR, toMediaError } from './media-errors.js';
import { watchPictures } from './watch-pictures.js';

/** How long a processor may take to begin, and its picture may stand still, ms. */
export const STALL_MS = 2_000;

export interface TrackProcessingHandlers {
  /** `track` has changed. */
  onChange(): void;
  /** The processor does not work, and was taken out. Nothing is sent until `take()` gives another track. */
  onFailed(error: RtcError): void;
}

/** A track of the device, and what has become of it. Without a processor, both are the same. */
interface Run {
  readonly raw: MediaStreamTrack;
  readonly processor: TrackProcessor | null;
  readonly controller: AbortController;
  /** `null` until the processor has given it. */
  track: MediaStreamTrack | null;
}

export class TrackProcessing {
  readonly #source: DeviceSource;
  readonly #clock: Clock;
  readonly #handlers: TrackProcessingHandlers;
  readonly #watch: typeof watchPictures;
  #processor: TrackProcessor | null = null;
  #raw: MediaStreamTrack | null = null;
  /** What is sent. */
  #current: Run | null = null;
  /** What takes its place as soon as it is there. */
  #next: Run | null = null;
  /** The caller of `set()`, while it waits. */
  #waiting: Deferred<void> | null = null;

  constructor(
    source: DeviceSource,
    clock: Clock,
    handlers: TrackProcessingHandlers,
    watch = watchPictures,
  ) {
    this.#source = source;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#watch = watch;
  }

  /** What is to be sent now. */
  get track(): MediaStreamTrack | null {
    return this.#current?.track ?? null;
  }

  /** Whether the device is on, and its first processed track is still being made. */
  get isStarting(): boolean {
    return this.#next !== null && this.#current === null;
  }

  /**
   * Processes with `processor` from now on; `null`: no longer. Resolves once that is so, or at once while the device
   * is off. What was sent before is sent meanwhile. `raw`: what the device gives, if it was not taken yet.
   * @throws RtcError `processor-failed`; `aborted` once another processor is set.
   */
  set(processor: TrackProcessor | null, raw = this.#raw): Promise<void> {
    this.#settle(new RtcError('aborted', 'Another processor was set before this one was in use.'));
    this.#processor = processor;
    this.#raw = raw;
    if (!raw) return Promise.resolve();
    const waiting: Deferred<void> = createDeferred();
    this.#waiting = waiting;
    this.#begin(raw);
    return waiting.promise;
  }

  /** Takes what the device gives; `null`: it is off. */
  take(raw: MediaStreamTrack | null): void {
    if (raw === this.#raw) return;
    this.#raw = raw;
    // A former device has stopped, and with it what was made of it.
    this.#end(this.#current);
    this.#current = null;
    if (raw) return this.#begin(raw);
    this.#end(this.#next);
    this.#next = null;
    this.#settle();
    this.#handlers.onChange();
  }

  close(): void {
    this.take(null);
  }

  #begin(raw: MediaStreamTrack): void {
    this.#end(this.#next);
    const processor = this.#processor;
    const run: Run = { raw, processor, controller: new AbortController(), track: null };
    this.#next = run;
    if (!processor) return this.#use(run, raw);
    this.#handlers.onChange();
    const { signal } = run.controller;
    const stopWaiting = this.#clock.setTimer(STALL_MS, () => this.#fail(run, 'It gave no track.'));
    signal.addEventListener('abort', stopWaiting);
    Promise.resolve()
      .then(() => processor(raw, signal))
      .then(
        (track) => {
          stopWaiting();
          this.#receive(run, track);
        },
        (cause: unknown) => this.#fail(run, cause),
      );
  }

  #receive(run: Run, track: MediaStreamTrack): void {
    // It was given too late, to somebody who wants it no more.
    if (this.#next !== run) {
      if (track !== run.raw) track?.stop?.();
      return;
    }
    if (!(track instanceof MediaStreamTrack) || track.kind !== run.raw.kind)
      return this.#fail(run, `It gave no ${run.raw.kind} track.`);
    if (track.readyState === 'ended') return this.#fail(run, 'Its track has ended.');
    this.#use(run, track);
  }

  #use(run: Run, track: MediaStreamTrack): void {
    const former = this.#current;
    run.track = track;
    this.#current = run;
    this.#next = null;
    this.#end(former);
    if (track !== run.raw) this.#attend(run, track);
    this.#settle();
    this.#handlers.onChange();
  }

  /** A processor may also fail while it runs. */
  #attend(run: Run, track: MediaStreamTrack): void {
    const { signal } = run.controller;
    track.addEventListener('ended', () => this.#fail(run, 'Its track has ended.'), { signal });
    const onStill = (): void => this.#fail(run, 'Its picture stands still.');
    if (track.kind !== 'video') return;
    const [made, source, clock, stillMs] = [track, run.raw, this.#clock, STALL_MS];
    this.#watch({ made, source, clock, stillMs, onStill, signal });
  }

  #fail(run: Run, cause: unknown): void {
    if (run !== this.#next && run !== this.#current) return;
    this.#processor = null;
    this.#raw = null;
    for (const one of [this.#current, this.#next]) this.#end(one);
    this.#current = this.#next = null;
    const error = toMediaError({ name: PROCESSOR, cause }, this.#source, true);
    this.#settle(error);
    this.#handlers.onFailed(error);
  }

  /** Lets go of what a processor has made. The track of the device is not ours to stop. */
  #end(run: Run | null): void {
    run?.controller.abort();
    if (run?.track !== run?.raw) run?.track?.stop();
  }

  #settle(error?: RtcError): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (error) waiting?.reject(error);
    else waiting?.resolve();
  }
}
