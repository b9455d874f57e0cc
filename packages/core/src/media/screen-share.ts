/** Our screen, window or tab, with its sound if wished for. */
import type { Source } from '@rtc-elements/protocol';

import { callLeftError, RtcError, toProblem } from '../state/errors.js';
import type { MediaPort } from '../ports.js';
import type { ScreenOptions } from '../api/room-api.js';
import { OFF } from '../state/initial-state.js';
import type { LocalSource } from '../state/room-state.js';
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

export class ScreenShare {
  readonly #port: MediaPort;
  readonly #handlers: ScreenShareHandlers;
  #tracks: readonly MediaStreamTrack[] = [];
  #state = OFF;
  #isAllowed = true;
  #closed = false;
  /** Counts the times that sharing was ended, also while it was being started. */
  #stops = 0;

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
   * Lets the person choose what to share; what is shared already is replaced then.
   *
   * @throws RtcError `screen-cancelled`, `not-allowed`, `aborted`, or why it cannot be had.
   */
  async start({ audio = false, hint = 'detail', deviceId }: ScreenOptions): Promise<void> {
    if (!this.#isAllowed) throw listenerError();
    if (this.#closed) throw callLeftError();
    if (this.#state.status === 'starting') return;
    const before = this.#state;
    const stops = this.#stops;
    this.#set({ ...before, status: 'starting' });
    let stream: MediaStream;
    try {
      stream = await (deviceId === undefined
        ? this.#port.getDisplayMedia(capture(audio, FRAME_RATE[hint]))
        : this.#port.getUserMedia({ video: { deviceId: { exact: deviceId } } }));
    } catch (cause) {
      if (stops !== this.#stops) throw this.#whyStopped();
      const error = toMediaError(cause, deviceId === undefined ? 'screen' : 'camera', true);
      const cancelled = error.code === 'screen-cancelled';
      // What was shared before may have ended while the picker was open.
      const base = this.#tracks.length > 0 ? before : OFF;
      this.#set({ ...base, problem: cancelled ? null : toProblem(error) });
      throw error;
    }
    if (stops !== this.#stops) {
      stream.getTracks().forEach((track) => track.stop());
      throw this.#whyStopped();
    }
    this.#release();
    this.#take(stream, hint);
  }

  /** Ends sharing. What is being chosen is not shared either. */
  stop(): void {
    this.#stops += 1;
    if (this.#tracks.length === 0) {
      if (this.#state.status === 'starting') this.#set(OFF);
      return;
    }
    this.#release();
    this.#handlers.onTrack('screen', null);
    this.#handlers.onTrack('screen-audio', null);
    this.#set(OFF);
  }

  /** `false`: a listener, who sends nothing (MO-1). What is being chosen is not shared either. */
  allow(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    if (!isAllowed) this.stop();
  }

  close(): void {
    this.#closed = true;
    this.#stops += 1;
    this.#release();
  }

  #whyStopped(): RtcError {
    if (this.#closed) return callLeftError();
    return this.#isAllowed
      ? new RtcError('aborted', 'Sharing was ended before anything was chosen.')
      : listenerError();
  }

  #take(stream: MediaStream, hint: 'detail' | 'motion'): void {
    this.#tracks = stream.getTracks();
    const video = this.get('video');
    if (video) {
      video.contentHint = hint;
      // The browser has a button of its own that ends sharing.
      video.onended = () => this.stop();
    }
    this.#handlers.onTrack('screen', video);
    this.#handlers.onTrack('screen-audio', this.get('audio'));
    this.#set({ ...OFF, status: 'on', trackId: video?.id ?? null });
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
