/** Our screen, window or tab, with its sound if wished for. */
import type { Source } from '@rtc-elements/protocol';

import { callLeftError, RtcError, toProblem } from '../state/errors.js';
import type { MediaPort } from '../ports.js';
import type { ScreenOptions } from '../api/room-api.js';
import { OFF } from '../state/initial-state.js';
import type { LocalSource } from '../state/room-state.js';
import { LatestWish } from '../support/latest-wish.js';
import { listenerError, toMediaError } from './media-errors.js';

export interface ScreenShareHandlers {
  onTrack(source: Source, track: MediaStreamTrack | null): void;
  onChange(): void;
}

/** Options that only Chromium has and TypeScript's types lack; other browsers ignore them. */
interface CaptureOptions extends DisplayMediaStreamOptions {
  /** A page that shows itself would show itself without end. */
  readonly selfBrowserSurface: 'exclude';
  readonly surfaceSwitching: 'include';
  readonly systemAudio: 'include' | 'exclude';
}

/** People must not hear themselves in the shared sound, and voice processing would spoil music. */
const SOUND = {
  suppressLocalAudioPlayback: false,
  restrictOwnAudio: true,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
} satisfies MediaTrackConstraints & Readonly<Record<string, boolean>>;

/** Frames a second: text needs few, a film many. */
const FRAME_RATE = { detail: { ideal: 15, max: 30 }, motion: { ideal: 30 } } as const;

const capture = (audio: boolean, frameRate: ConstrainULongRange): CaptureOptions => ({
  video: { frameRate },
  audio: audio && SOUND,
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: audio ? 'include' : 'exclude',
});

type Share = Required<Pick<ScreenOptions, 'audio' | 'hint'>> & {
  readonly deviceId: string | undefined;
};

export class ScreenShare {
  readonly #port: MediaPort;
  readonly #handlers: ScreenShareHandlers;
  #tracks: readonly MediaStreamTrack[] = [];
  #state = OFF;
  #isAllowed = true;
  #closed = false;
  /** A page cannot close a picker, so what is picked in it may be wanted no longer. */
  readonly #wish = new LatestWish();

  constructor(port: MediaPort, handlers: ScreenShareHandlers) {
    this.#port = port;
    this.#handlers = handlers;
  }

  get state(): LocalSource {
    return this.#state;
  }

  get(kind: 'audio' | 'video'): MediaStreamTrack | null {
    return this.#tracks.find((track) => track.kind === kind) ?? null;
  }

  /**
   * Lets the person choose what to share; what is shared already is replaced then. While a picker is open, the same
   * wish opens no second one.
   *
   * @throws RtcError `screen-cancelled`, `not-allowed`, `aborted`, or why it cannot be had.
   */
  async start({ audio = false, hint = 'detail', deviceId }: ScreenOptions): Promise<void> {
    if (!this.#isAllowed) throw listenerError();
    if (this.#closed) throw callLeftError();
    const key = JSON.stringify([audio, hint, deviceId]);
    await this.#wish.start(key, (signal) => this.#share({ audio, hint, deviceId }, signal));
  }

  async #share({ audio, hint, deviceId }: Share, signal: AbortSignal): Promise<void> {
    this.#set({ ...this.#shared, status: 'starting', problem: null });
    signal.throwIfAborted();
    let stream: MediaStream;
    try {
      stream = await (deviceId === undefined
        ? this.#port.getDisplayMedia(capture(audio, FRAME_RATE[hint]))
        : this.#port.getUserMedia({ video: { deviceId: { exact: deviceId } } }));
    } catch (cause) {
      signal.throwIfAborted();
      const error = toMediaError(cause, deviceId === undefined ? 'screen' : 'camera', true);
      const cancelled = error.code === 'screen-cancelled';
      this.#set({ ...this.#shared, problem: cancelled ? null : toProblem(error) });
      throw error;
    }
    if (signal.aborted) stream.getTracks().forEach((track) => track.stop());
    signal.throwIfAborted();
    this.#release();
    this.#take(stream, hint);
  }

  /** Ends sharing. What is being chosen is not shared either: whoever asked for it hears `why`. */
  stop(why = endedError()): void {
    this.#wish.cancel(why);
    if (this.#tracks.length > 0) this.#end();
    if (this.#state.status !== 'off') this.#set(OFF);
  }

  /** `false`: a listener, who sends nothing (MO-1). What is being chosen is not shared either. */
  allow(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    if (!isAllowed) this.stop(listenerError());
  }

  close(): void {
    this.#closed = true;
    this.#wish.cancel(callLeftError());
    this.#release();
  }

  /** What is shared, leaving out what is being chosen. */
  get #shared(): LocalSource {
    const video = this.get('video');
    return video ? { ...OFF, status: 'on', trackId: video.id } : OFF;
  }

  #take(stream: MediaStream, hint: 'detail' | 'motion'): void {
    this.#tracks = stream.getTracks();
    const video = this.get('video');
    if (video) {
      video.contentHint = hint;
      // The browser has a button of its own that ends sharing. A picker that is open meanwhile is another matter.
      video.onended = () => {
        this.#end();
        this.#set(this.#state.status === 'starting' ? { ...OFF, status: 'starting' } : OFF);
      };
    }
    this.#handlers.onTrack('screen', video);
    this.#handlers.onTrack('screen-audio', this.get('audio'));
    this.#set(this.#shared);
  }

  #end(): void {
    this.#release();
    this.#handlers.onTrack('screen', null);
    this.#handlers.onTrack('screen-audio', null);
  }

  #release(): void {
    for (const track of this.#tracks) {
      track.onended = null;
      track.stop();
    }
    this.#tracks = [];
  }

  #set(state: LocalSource): void {
    this.#state = state;
    this.#handlers.onChange();
  }
}

const endedError = (): RtcError =>
  new RtcError('aborted', 'Sharing was ended before anything was chosen.');
